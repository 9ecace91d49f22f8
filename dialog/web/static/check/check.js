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
`.trim().split(/\s+/);var h=10,g=new Map(f.map((e,t)=>[e,t]));for(let[e,t]of f.entries())g.set(x(t),e);function u(e){let t=e.trim().toLowerCase();if(/^[0-9a-f]{64}$/.test(t))return{digits:t};let r=t.match(/\p{L}+/gu)??[],n=r.find(a=>!g.has(a));return n!==void 0?{strange:n}:r.length!==h?{count:r.length}:{digits:i(Uint8Array.from(r,a=>g.get(a)))}}function x(e){return e.replace(/[åä]/g,"a").replace(/ö/g,"o").replace(/é/g,"e")}async function d(e,t){let r=await fetch(e,{cache:"no-store",...t});if(!r.ok)throw new Error(`${r.status}`);return new Uint8Array(await r.arrayBuffer())}function m(e,t){return Promise.all([d(`/enkat/${e}/manifest.json`,{credentials:"omit"}),d(`${t}/rounds/${e}/manifest.json`,v)])}var v={credentials:"omit",referrerPolicy:"no-referrer"};var w=JSON.parse(document.getElementById("words").textContent);function p(e,t={}){return(w[e]??e).replace(/\{(\w+)\}/g,(n,a)=>String(t[a]??n))}var{round:j,box:A,digest:y}=o("#check").dataset;function s(e,t,r,n={}){let a=o(e);a.textContent=p(t,n),a.className=r?"notice":"notice notice-error"}async function B(){try{let[e,t]=await m(j,A);l(e,t)?i(await c(e))!==y?s("#servers","miscounted",!1):s("#servers","same",!0):s("#servers","differ",!1)}catch{s("#servers","unreachable",!1)}}function b(e){let t=u(e);"strange"in t?s("#verdict","unknown-word",!1,{word:t.strange}):"count"in t?s("#verdict","not-ten",!1,{count:t.count}):y.startsWith(t.digits)?s("#verdict","matches",!0):s("#verdict","other",!1)}o("#compare").addEventListener("submit",e=>{e.preventDefault(),b(o("#published").value)});var k=location.hash.slice(1);/^[0-9a-f]{64}$/.test(k)&&b(k);B();
