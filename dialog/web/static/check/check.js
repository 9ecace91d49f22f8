/*! Dialog. With @hpke/core and @hpke/common, (c) Ajitomi Daisuke, MIT License. */
function l(e,t){return e.length===t.length&&e.every((r,n)=>r===t[n])}function i(e){return Array.from(e,t=>t.toString(16).padStart(2,"0")).join("")}async function c(e){return new Uint8Array(await crypto.subtle.digest("SHA-256",e))}function o(e){return document.querySelector(e)}var f=`
abborre advent affisch alfabet ananas ankare apelsin april arena asfalt atlas augusti axel
bagare balkong banan barn basilika batteri berg bibliotek biljett björk blad blomma blus bok
boll bord botten brev bricka bro bröd buss bygel båt bänk bärnsten bäver bönor cirkel cirkus
citron cykel dagg damm dans deg delfin diamant dikt disk docka dosa droppe drottning duva dörr
ebb eka ekorre eld elefant element enbär energi ensemble etikett expert fabrik fasan fest ficka
figur fiol fisk fjord fjäder flagga flaska flod flöjt folk fors fot frimärke frost frukt fyr
fågel fåtölj fönster förråd gaffel galax garn gata get giraff glas glob gran gren gryta grädde
grön guld gurka gård gås hagel hallon hammare hamn handske hare hatt havre himmel hink hjul
hjärta honung hopp horisont hund hus hylla hällregn häst höst igelkott iller industri insekt
instrument is jacka jakt januari jord jubel juli juvel järn kabel kaffe kajak kaktus kamera
kanal kapten karta kastanj katt kedja kikare kilo klinik klocka klöver knapp kniv kompass
konsert korg kork krita krona kub kudde kula kust kvarn kväll källa körsbär lada ladugård lampa
lavendel lax ledstång lejon lekplats lilja linjal linne lock lupin lykta lärka lök löv magnet
mandel mantel mars mask matta melon metall minut modell moln morgon mossa motor mugg museum mynt
målare måne mås natt nejlika nota nyckel nål näktergal näve oktober oliv ost padda palett papper
paraply park pensel pingvin planet pump pärla päron ring ros ruta råg räv sadel segel sjö skola
skugga snö sol spade stad stjärna sång tiger tunnel vinter älg
`.trim().split(/\s+/);var x=10,u=new Map(f.map((e,t)=>[e,t]));for(let[e,t]of f.entries())u.set(v(t),e);function g(e){let t=e.trim().toLowerCase();if(/^[0-9a-f]{64}$/.test(t))return{digits:t};let r=t.match(/\p{L}+/gu)??[],n=r.find(s=>!u.has(s));return n!==void 0?{strange:n}:r.length!==x?{count:r.length}:{digits:i(Uint8Array.from(r,s=>u.get(s)))}}function v(e){return e.replace(/[åä]/g,"a").replace(/ö/g,"o").replace(/é/g,"e")}async function d(e,t){let r=await fetch(e,{cache:"no-store",...t});if(!r.ok)throw new Error(`${r.status}`);return new Uint8Array(await r.arrayBuffer())}function m(e,t){return Promise.all([d(`/enkat/${e}/manifest.json`,{credentials:"omit"}),d(`${t}/rounds/${e}/manifest.json`,w)])}var w={credentials:"omit",referrerPolicy:"no-referrer"};var j=JSON.parse(document.getElementById("words").textContent);function p(e,t={}){return(j[e]??e).replace(/\{(\w+)\}/g,(n,s)=>String(t[s]??n))}var{round:y,box:A,digest:b,opened:B}=o("#check").dataset;function a(e,t,r,n={}){let s=o(e);s.textContent=p(t,n),s.className=r?"notice":"notice notice-error"}async function S(){try{let[e,t]=await m(y,A);l(e,t)?i(await c(e))!==b?a("#servers","miscounted",!1):a("#servers","same",!0):a("#servers","differ",!1)}catch{a("#servers","unreachable",!1)}}function h(e){let t=g(e);"strange"in t?a("#verdict","unknown-word",!1,{word:t.strange}):"count"in t?a("#verdict","not-ten",!1,{count:t.count}):b.startsWith(t.digits)?a("#verdict","matches",!0):a("#verdict","other",!1)}o("#compare").addEventListener("submit",e=>{e.preventDefault(),h(o("#published").value)});async function U(e){let t=e.toLowerCase().replace(/[^0-9a-z]/g,"");if(!/^[0-9a-f]{16,64}$/.test(t))return a("#found","no-receipt",!1);try{let r=await fetch(`/kontroll/${y}/kvitton.txt`,{credentials:"omit"});if(!r.ok)throw new Error(`${r.status}`);let n=(await r.text()).split(`
`).some(s=>s.startsWith(t));a("#found",n?"on-list":"not-on-list",n)}catch{a("#found","list-unreachable",!1)}}document.querySelector("#find-receipt")?.addEventListener("submit",e=>{e.preventDefault(),U(o("#receipt").value)});var k=location.hash.slice(1);/^[0-9a-f]{64}$/.test(k)&&h(k);B!==void 0&&S();
