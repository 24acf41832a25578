"""Short, neutral Danish words to propose a secret from: easy to type and to remember."""

_LIST = """
aften agern agurk album alder alle alter anden anis ankel anker ansigt apotek appelsin aprikos april arm armbånd aroma
atlas august avis bad badedyr bagage bager bagside bakke balance balkon ballon bambus banan bane bank basilikum bassin
basun bavian beboer bede beslag besøg betaling betræk bibliotek bil billede billet bind birk bjerg bjælke blanding
bleg blink blok blomme blomst blæk blæser blå blåbær bog bogreol bold bolig bolle bolsje bom bomuld bonde bondegård
bord bordben boulevard bred bremse brev briller bringe brise bro broget brombær bronze brun brus brændsel brød brønd
buket bukser bule bund bus busk buste butik byg byge bygning bæger bælte bænk bær bæver bøf bøg bølge bønne bør børste
bøtte båd bånd båre cement champignon chauffør chokolade cirkel cirkus citron cykel cykelsti dag dagbog dagplejer dal
damp dans dato deltager dessert diamant digt domino drage dragt dreng drivhus dryp drøm dueslag duft dug dukke dun
dusk dyb dykker dyne dyr dyse dæk dækken dør dørhåndtag dåse edderkop egern ekko ekspert elastik elefant elev elg elm
elv emne eng enhed erfaring etage etui eventyr fabel fabrik fag fakkel falk familie fane farve farvekridt fasade fasan
ferie fersken fest fiber figen figur fil film filt finger fingerbøl fisk fiskenet fjeder fjeld fjer fjord flag flaske
flis flod flok flue flute fly flygel flyver fløde fløjl fløjte flåde fod fodbold folder folk fontæne forhave form
formand fortov forår fotograf frakke fred fredag fregne frihed frimærke frisør frokost frost frugt frø fugl fuglerede
fuldmåne funke fyldepen fyrtårn fætter føl følelse følge før får gade gaffel galop gang garage gardin garn gartner
gave ged gejser gelé genbo genbrug geranium glad glas glasur glimt globus glød gnist gondol grafik gran granit gren
grille gris grotte grund gruppe gryde græs græskar grøft grøn grønkål guitar gul gulerod gulv gummi gyde gynge gynger
gæs gæst gødning gåde gågade gård gås hagl hakke hal hale halm halvø hammer hamp handel handske hane hare harpe hat
hav have havn havre hegn hejre hejs held helt hest hestevogn hilsen himmel hindbær hjelm hjem hjerte hjort hjul hjælp
hjørne hold holme honning hop hotel hummer humor hund hus hvede hveps hvid hvile hvirvel hygge hyld hylde hyrde hytte
hæk hækkesaks hæl hængelås hængsel høj høne hør høst høstak høvl håb hånd håndklæde håndtag håndværk hår hårbånd ide
idræt ild ildsted indgang indkøb ingefær insekt instrument interesse isbjørn isfugl island isskab istap jakke januar
jern jernbane jolle jord jordbær jubel juice jul juli juni juvel kabine kaffe kage kaj kajak kaktus kalender kalk kalv
kam kamel kamera kamin kammer kanal kande kanel kanin kano kant kantine kapers kappe kaptajn kar karamel karry karse
kartoffel karton karussel kasket kasse kastanje kat katalog kedel kegle kejser kerne kerte kilde kile kilo kiosk kirke
kirsebær kjole klap klat klaver klip klit klods klokke klovn klump klynge klæde kløver knage knap knast kniplinger
knirke knold knop knude koala kobber kode koffert kog kok kokos kolonne komet komfur komma kompas koncert konge kontor
koral kork korn kort kost krabbe kran krans krebs kreds kridt kringle krokus krop krukke krus krydderi kryds krystal
kugle kul kultur kunst kurv kusine kuvert kvark kvarter kvist kylling kyst kæde kælder kælk kæp kærne køje køkken køl
køleskab kørsel kål labyrint lade lag lagen lagkage lak lakrids lam lampe land landevej lanterne latter lavendel leder
leg legetøj leje lejr leksikon ler lever lige lilje lillebror lim lime linje linned linse liste liv loft logbog lomme
loppe lotus love lue luft lufthavn luge lugt lunge lup lyd lygte lykke lyn lyng lys lyserød lysning læder læge
lænestol lærer lærke læs løb løg løve løvetand løvfald låge lås mad madras magnet mahogni maj majs makrel maler maleri
mand mandag mandarin mandel mappe maraton mark marked marmelade marmor marsvin marts maske maskine mast medalje
medister mejse mel melde melodi melon menu messe messing metal middag midsommer mikrofon mile mimose mineral minut mod
model modul mole moler morgen morgenmad mos mose motor mule mund munk mur murer murmel museum musik muskat musling myg
mynte myre mysli mælk mælkebøtte mængde mærke møbel møl mølle mønster mønt møtrik måge mål måler måltid måne måned
måneskin nabo nakke nat natbord nattergal natur navle navn nektarin net netværk nevø niece nikkel nisse nord nordlys
notat november nudler nummer nymåne næb nælde nød nøgle oase ocean oktober olie oliven omelet onkel onsdag opal opgave
opskrift orange ordbog orden orgel orkester orkide ost ostemad otte oven overtøj ovn pagaj palme panda pande pandekage
panel pap papaya papegøje papir paprika parasol park parkbænk parti paryk pasta pavillon peber pebermynte pedal
pelikan pels pen pendul pensel perle perlemor perron persille piano pil pilot pind pingvin pinje pizza plads plakat
plan planet plante plaster plet plov plæne podium poesi pokal pol polka pony pop poppel porcelæn port portræt post
postbud postkort potte praline prik prisme profil prop propel prosa prøve puddel pude pukkel puls pumpe pung punkt
purløg puslespil pyjamas pynt pyramide pære pølse quiz rabarber rad radio radise rakét rand rang rapport raps ravn
ravsten regn regnbue regnskov reje rejer rejse rem ren reol ribs ridder ride rille ring ringe ris risle robot robåd
rod roe rokke rom roman rose rosin rotte rude ruin rulle rullebord rum rumfart rund rundkørsel ryg rygsæk ryk rytme
række rød rødbede røg røn rør rørsanger råb rådhus rådyr safir safran saft sag saks sal salat salon salt sand sandal
sang sangbog sardin satellit scene segl sejl sejlbåd sejr sekund selleri seng sengetøj september serie sild silke
sirene sirup sjal sjov skab skak skal skarv skat ske skib skilt skind skinne skipper skitse skive skjold skjorte sko
skole skorsten skov skovl skovsti skovtur skrald skrift skrin skrivebord skriver skrue skur sky skygge skæg skænk skær
skærm skøjte skål slange sluse slæde sløjfe slør smag smed smil smykke smør snak sne snebold snegl snemand snerle snes
snit snor snude snøre sofa sogn sok sol solbær solhat solsikke solsort sommer sommerfugl sommerhus sort sovepose spade
spand spejder spejl spil spinat spire spisestue spole spor spore spring sprog sprøjte spurv spætte stald stamme stang
stav sted stemme sten stenbro stige stilk stivelse stjerne stof stok stole stolpe stork storm strand streg streng
strik strikke strimmel strop struds strygejern strøm strømpe strå stråhat stue stuehus stær stævne støvle stål sund
suppe svale svamp svane sving svæv svævefly svømmehal syd sygeplejer syltetøj symaskine symfoni syn syning syren
system sæbe sække sækkepibe sæl sæson sætning søjle sølv søm sømand søndag søster søstjerne såle tag tagsten takke tal
tale talje tallerken tand tandbørste tang tangent tank tape tapet taske tast tavle taxa teater tegl tegning tekop
tekst telefon telt tema tempo terning terrasse test tid tiger time timian tind tinde tirsdag tjeneste tjære toast tog
tolk tomat ton tone top topmøde torden torn torsdag torsk torv traktor tranebær trappe travl tredive trekant tremme
trin tromle tromme trompet træ træk trækfugl trækul træsko trøje trøst tråd tulipan tunnel tur turkis tusind tvilling
tvist tyr tyttebær tæppe tærte tøj tømmer tømrer tønde tørklæde tørv tåge tårn ubåd ude udflugt udhus udsigt
udsmykning uge ugle uld ulv ungdom univers urmager urt urtehave valg valmue valnød vals vand vandfald vandkande
vandtårn vane vanilje vante varme vase vaskebjørn vat vej vejr veksel velkomst ven ventesal ventil veranda vest vibe
vikar viking villa vind vindrue vindue vinge vinter viol violin visir vogn vugge vulkan væg vægt væksthus væld værelse
værksted værktøj væv vår yngel yoghurt zebra zink zone zoo æble ægte æra ærespris ært æsel æske æter øde øgle øje
øjeblik økse ømhed ønske øre ørering ørken ørn ørred øst øster østers øvelse åben åbning åkande ånde åre årstid
"""
WORDS: tuple[str, ...] = tuple(_LIST.split())
