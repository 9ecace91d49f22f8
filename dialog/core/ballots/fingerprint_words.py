"""The 256 words of fingerprints: short Swedish nouns that are hard to mishear, in a fixed order.

A word's place is the byte that it stands for, so the list never changes.
"""

from typing import Final

_LIST = """
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
"""
WORDS: Final = tuple(_LIST.split())
