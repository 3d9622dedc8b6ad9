// The words that identify a card field, in many languages.
//
// To add a language, add its words in lower case, after a '|', to each list that has words of several
// languages. Accents make no difference.
//
// A space in a list matches a space or nothing: 'card number' also finds "cardNumber".
// (a|b) matches a or b. A question mark makes the character or group before it optional. \\S* matches the
// rest of a word.
//
// The lists whose names begin with WHOLE match whole words only; WHOLE_BESIDE and WHOLE_OTHER_CARD are
// compared with one word. DATE_PART, BARE, THING, CARD_ALONE, GROUPED_CODE and GROUPED_HOLDER match a whole
// label. All other lists also match parts of words.

/** A card number. In the name or ID of a field, one of these is enough without other evidence. */
export const WHOLE_NUMBER = '(card|cc) (number|num|no|nr|nbr|pan)|credit card(?! \\p{L})'
  + '|(card|primary) account number';
/** A card number, but in Italian also the blind copy of a mail ("Ccn"). */
export const WHOLE_BARE = 'ccn';

/** A card security code. Anywhere in a field's words, one of these is enough without other evidence. */
export const WHOLE_CODE = 'cv[vcn]2? (code|number|num)?|(card|cc) (csc|cid|cvn)|cvv ?/? ?cvc';

/** Probably a card security code, next to other evidence. */
export const WHOLE_CSC = 'csc|cv2|ccv|cid|card (code|pin|verification)|verification (value|number)';

/** A word for "code". Together with a word for "security", probably a card security code. */
export const CODE = '[ck]o+d|ziffer|sifr[ae]|mato(?!\\p{L})|pin ?kod' // European languages
  + '|код|κωδ|קוד|رمز|کد|کوڈ' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian, Urdu
  // The next line: Chinese, Japanese, Korean, Thai, Hindi, Bengali, Tamil, Georgian, Armenian
  + '|[码碼]|コード|코드|รหัส|कोड|কোড|கோட்|კოდ|կոդ'
  + '|(?<!\\p{L})ma(?= (bao|xac|cvv|so))'; // Vietnamese
export const SECURITY = 'se[cg]ur|sicur|proteg' // Romance languages, English
  + '|siche|pru?e?f|veilig|sikker|sakerh|turva|oryggis' // Germanic languages, Finnish, Icelandic
  + '|bezp|biztons|guven|sigurn|varnost|zastit|drosib|saug|overov|ellenorz|provjer' // Central Europe, Turkish
  + '|безо?п|провер|защит|сигурн|безбед|қауіпсіз|ασφ|επαλ' // Cyrillic, Greek
  + '|בטח|ביטח|בטיח|אבטח|امان|امن|سیکی?ورٹی' // Hebrew, Arabic, Persian, Urdu
  + '|安全|セキュ|보안|ปลอดภ|bao mat|keamanan|keselamatan|सुरक्ष|নিরাপ|பாதுகாப்பு|უსაფრთხ|անվտանգ'; // Asia
/**
 * Words for checking. With a word for "code", they count only together with a word for "card" or next to a
 * card number, because other codes are for checking too.
 */
export const CHECK = 'verif|valid|[ck]ontrol|تحقق|验证|驗證|確認';
export const CSC = 'cryptogr|pru?e?fn|בגב|גב הכרטיס'
  + '|(?<!\\p{L})3 (הספרות|ספרות|digits?|chiffres|cifre|digitos)'
  + '|(שלוש|3) (ה)?ספרות|(last|letzte|derniers|ultim)\\S* (3|three|drei|trois|tre|tres) |3 (digit|stellig)'
  + '|(3|three) digits? (on|code)|(on|at) the back|au dos|al dorso|reverso|no verso|ruckseite|背面|3 ?[位桁]';

/** A word for "digits". */
export const DIGITS = 'digit|chiffre|cifr|ziffer|stellig|cyfr|cijfer|siffr|siffer|rakam|szamjegy'
  + '|цифр|ψηφι|ספרות|أرقام|ارقام|رقم|رقمی|桁|位|자리|หลัก|अंक|chu so|angka';

/** A word for "card". */
export const CARD = '(?<!dis|\\p{L}s)card|[ck]art[aey]|kart|kort|kaart|kaard|tarjeta|targeta|cartao|cartoes'
  + '|txartel'
  + '|карт|καρτ|כרטיס|بطاق|[كک]ارت|کارڈ' // Cyrillic, Greek, Hebrew, Arabic, Persian, Urdu
  + '|卡|カード|카드|บัตร|कार्ड|কার্ড|கார்டு|அட்டை|ბარათ|քարտ|(?<!\\p{L})kadi?(?!\\p{L})' // Asia, Malay
  + '|(?<!\\p{L})(so )?the(?= (tin dung|ghi no|thanh toan|ngan hang|visa))|so the(?!\\p{L})'; // Vietnamese

/** A word for "number". Together with a word for "card", a card number. */
export const NUMBER = 'num|nr(?!\\p{L})|(?<!\\p{L})n(o|º|°)?(?!\\p{L})|cislo|szam|broj|stevilk|nomor|nombor'
  + '|so the'
  + '|zenbaki|namba' // Basque, Swahili
  + '|номер|број|нөмір|αριθμ|מס|رقم|شماره|نمبر' // Cyrillic, Greek, Hebrew, Arabic, Persian, Urdu
  + '|[号號]|番号|번호|หมายเลข|เลข|नंबर|संख्या|নম্বর|எண்|ნომ|համար'; // Asia

/** Words that say that a card is a payment card. */
export const PAY = '[ck]redi|debit|luotto|bancaire|banc[ao]ri[ao]|bancomat|carte bleue|girocard|bank|pank'
  + '|banka'
  + '|visa(?!\\p{L})|master ?card|maestro|amex|american express|diners|isracard|ישראכרט|ויזה|מאסטרקארד|דיינרס'
  + '|hitel|platebn|platobn|platnic|placil|placan|betaal|betal|konto ?kort|maksu|mokejim|maksaj|payment'
  + '|pago|paiement|pagament|zahl' // Romance languages, German
  // The next two lines: Slavic, Greek
  + '|[ck]redyt|kreditn|кредит|дебет|банк|платеж|платіж|плащ|платеж|πιστωτ|χρεωστ|πληρωμ'
  + '|τραπεζ'
  + '|אשראי|חיוב|תשלום|ائتمان|اعتبار|بنک|مصرف|دفع|کریڈٹ|ڈیبٹ|بانک' // Hebrew, Arabic, Persian, Urdu
  + '|信用|借记|借記|银行|銀行|支付|クレジ|デビット|신용|체크|결제|เครดิต|เดบิต|क्रेडिट|डेबिट|ক্রেডিট|ডেবিট'
  + '|கிரெடிட்|tin dung|ghi no|thanh toan|ngan hang|საკრედიტო|კრედიტ|վարկային|kredi';

/**
 * Names of payment cards without a word for "card". They count together with a word for "number" or
 * "details".
 */
export const BRAND = '(?<!\\p{L})cb(?!\\p{L})'
  + '|אשראי|(?<!\\p{L})ה?ויזה(?!\\p{L})|מאסטרקארד|ישראכרט|master ?card|isracard|信用';

/** A word for "name" or "type". Together with a word for "card", the name of its holder, or its type. */
export const NAME = 'nam|nom(?!or|bor)|navn|nimi|jmen|nev|ime(?!\\p{L})|emri|vards|vardas|type'
  + '|typ(?!\\p{L})'
  + '|имя|име|ονομ|שם|اسم|نام|名|이름|ชื่อ|नाम|ten (tren|chu)'; // Cyrillic to Vietnamese
/** A word for "holder". Together with a word for "card", the card's holder. */
export const HOLDER = 'inh|inne|inde|h[oa]l|hou|tit[uo]l|intest|det[ei]n|posiad|drzit|drzav|imetnik|vlasni'
  + '|birt|sahib|pemegang'
  + '|держ|влад|власн|носит|титул|κατοχ' // Cyrillic, Greek
  + '|בעל|حامل|صاحب|دارند' // Hebrew, Arabic, Persian, Urdu
  + '|持|소유|ผู้ถือ|धारक|chu the'; // Asia

export const WHOLE_EXPIRY = 'exp(ires?|iry|ir|d)?( date| dt| month| year| mm| yy| on| m| y)*'
  + '|(card|cc) (month|year|date)'
  + '|(valid|good) (thru|through|until|upto|up to|to|till)|validity'
  + '|mm (yy|aa|jj|rr|gg|ll|ee|vv|åå)+|мм (гг|рр)|חודש שנה|month year|mes ano|mois annee|monat jahr';
export const EXPIRY = 'תוקף|תפוגה' // Hebrew
  + '|انتها|صلاح[يی]|انقض|میعاد' // Arabic, Persian, Urdu
  + '|g(ue?lt|eld|yld|ilt)ig|gildis|ablauf|verval' // Germanic languages
  + '|u[dt]l[oø][bp]|utgang|voimassa|vanhene|kehtiv|aegu|derig|galioj' // Nordic and Baltic languages
  + '|expira|caduc|vencim|scaden|validad|validit|venciment|iraung' // Romance languages, Basque
  // The next two lines: Central and Southern Europe, Swahili
  + '|wazn|waznosc|platnost|lejar|isteka|isticanj|vazi do|vrijedi|velja|mwisho|poteka'
  + '|skadenc'
  + '|ληξ|срок|действ|термін д|дійсн|валид|важи|істек|истек|мерзім' // Greek, Cyrillic
  + '|son kul|gecerl|berlaku|kadaluarsa|kedaluwarsa|luput|tamat|het han|hieu luc|ngay het' // Turkish, Asia
  + '|有[效効]期|到期|截止|유효 ?기간|만료|หมดอายุ|समाप्ति|वैध|মেয়াদ|காலாவதி|ვად|վավեր';

/** A label that names only a part of a date. It counts only if the form also has a card number. */
export const DATE_PART = '(expiry )?(mm|yy|yyyy|aa|jj|rr|gg|month|year|monat|jahr|mois|annee|mese|anno'
  + '|mes|ano|maand|jaar'
  + '|miesiac|rok|mesic|honap|ev|luna|an|ay|yil|kuukausi|vuosi|maned|ar|manad|mjesec|godina|thang|nam|bulan'
  + '|tahun'
  + '|месяц|год|місяць|рік|месец|година|μηνας|ετος|חודש|שנה|שהר|ماه|سال|شهر|سنة|月|年|월|년|เดือน|ปี|महीना|वर्ष)';

/**
 * A label that says only "number". It counts as a card number in a group about a card, or next to two other
 * kinds of card field.
 */
export const BARE = 'number|no|nr|numero|nummer|numer|numar|cislo|broj|номер|מספר|رقم|شماره|番号|號碼|号码|번호|so'
  + '|nomor';

/** A label that says only "card". */
export const CARD_ALONE = '(card|carte|carta|karte|karta|kart|kort|kaart|tarjeta|cartao|карта|картка'
  + '|כרטיס|カード|卡|카드|כ א|כא)'
  + '( (no|nr|num|n))?';

/** Headings of a section for payments. */
export const WHOLE_PAY_HEADING = 'pay(ments?)?|billing|checkout|charge|donat(e|ion)|order|pay now|purchase'
  + '|deposit';

/** Labels that mean the card's code or holder if the group around the field is about a card. */
export const GROUPED_CODE = '(security |secret )?code|kod|codigo|codice|קוד|код|コード|代码';
export const GROUPED_HOLDER = '(full |first |last )?name|nom|nombre|nome|naam|navn|namn|שם|имя|名前|姓名|이름'
  + '|holder';

/** Labels next to the number of a collectible card, such as a trading card. */
export const THING = 'card title|(card )?(set|set (code|name)|rarity|edition|deck|grade|foil|expansion)';

/** Words for "details". Together with a word for a payment card, a card's details in one box. */
export const DETAILS = 'details?|data|info(rmation)?|daten|gegevens|donnees|datos|dati|dados|פרטי|פרטים'
  + '|данные|oplysninger'
  + '|uppgifter|tiedot|dane|udaje|adatok|bilgi|资料|資料|信息|情報|정보|بيانات|اطلاعات|thong tin|podaci|στοιχεια';

/** Words that programmers put before the name of a field. */
export const PREFIX = '((txt|input|field|form|billing|payment|pay|card|cc|credit) )*';

/** Words that may be next to a word for "card" in a label of a payment form. */
export const WHOLE_BESIDE = 'the|your|my|this|our|his|her|customers?|clients?|guests?|payers?|buyers?|of|on'
  + '|for|in|as|with'
  + '|and|or|to|from|at|by|is|are|if|only|enter|type|new|other|long|full|main|primary|valid|digits?|front'
  + '|back|side|shown'
  + '|printed|appears?|details?|data|info|information|account|entry|present|manual|billing|order|please'
  + '|field|required'
  + '|card|cardholders?'
  + '|optional|secure|charge|charged|used|on file|token|brand|issuer|company|without|spaces|reader|dates?'
  + '|month|year'
  + '|first|second|third|fourth|block|group|part|box|erster?|zweiter?|dritter?|vierter?|teil|gruppe'
  + '|premiere?|deuxieme|troisieme|quatrieme|primer[ao]?|segund[ao]|tercer[ao]?|cuart[ao]|bloque?|bloco'
  + '|ראשון|ראשונה|שני|שניה|שלישי|שלישית|רביעי|רביעית|חלק'
  + '|de|du|la|le|les|el|los|das|do|da|dos|del|della|dello|des|der|die|den|dem|des|det|een|het|van|von|vom'
  + '|auf|im|ein|eine'
  + '|ihre?r?|votre|vos|su|sua|seu|tu|tua|din|ditt|deres|uw|uwe|twoj|twojej|va[ss]\\S*|tvoj|teie|jusu'
  + '|numero|impreso|impresso'
  + '|pe|pa|na|do|od|se|si|sa|az|egy|ve|ile|ya|по|на|из|с|вашей|вашої|вашата|της|του|στην|κατοχου'
  + '|של|על|ה|את|ב|הלקוח|شما|روی|على|في|خاص|cua|tren|pada|anda|di|の|的|ของ|บน|का|की|के';

/**
 * Words for other kinds of cards. Next to a word for "card", or joined with it, each means that the card is
 * no payment card. A word of WHOLE_OTHER or OTHER means this anywhere in a label or heading.
 */
export const WHOLE_OTHER = 'gifts?|loyalty|rewards?|bonus|points?|clubs?|member(s|ship)?|library|fuel|fleet'
  + '|medicare|medicaid'
  + '|aadhaar|warranty|kanban|vouchers?|coupons?|promo|discount|insurance|passport|badges?|ssn'
  + '|social security|ehic'
  + '|residence permit|stored value|frequent flyer|tachograph|concession|certificates?';
export const WHOLE_OTHER_CARD = 'access|entry|key|door|residen(ce|t|cy)|permit|health|healthcare|medical'
  + '|patient|student'
  + '|staff|employee|job|rate|tax|sim|game|gaming|trading|business|greeting|post|report|score'
  + '|id(entity|entification)?|pan'
  + '|green|national|travel|transit|transport|metro|bus|train|rail|parking|toll|phone|calling|time|punch'
  + '|memory|sd|graphics'
  + '|video|sound|network|boarding|visit(ing|or)|donor|blood|vaccination|drivers?|driving|licen[cs]e|season'
  + '|ski|school|campus'
  + '|union|press|crew|military|veteran|pensioner|senior|disab(led|ility)|hunting|fishing|ration|voter'
  + '|election|task|story|index'
  + '|flash|serial|activation|vehicle|registration|youth|nhs|hmo|guarantee|sample|colou?r|playing|collector'
  + '|photo|mileage|swim'
  + '|gym|museum|theatre|cinema|citizen|tachograph|contact|profile|lead|deal|ticket|title|product|item'
  + '|stock|record|patient|room'
  + '|smart|rfid|nfc|proximity|security|clearance|work|worker|labou?r|tariff|price|wild|set';
export const OTHER = 'מועדון|שובר|מתנה|גיפט|תו הקניה|תעודת זהות|(?<!\\p{L})ת ?ז(?!\\p{L})|קופת חולים|רב קו'
  + '|נאמנות|דלקן|הזדהות' // Hebrew, like the line above
  + '|(هد|هو|عضو)[يی]|ولاء' // Arabic, Persian
  + '|geschenk|gutschein|treue|kunden ?kart|versicher|cad(eau|ou)|regalo|presente|lahja|etu ?kort'
  + '|kanta ?asiak|fidel|fedelt|identit|tank ?[kc]|carburant|combustible|sejour|soggiorno|aufenthalt'
  + '|medlem|klanten|gavek|presentk|vernost|darkov|darcek|ajandek|prezent|podaru|lojaln|vjernost|puncte'
  + '|дарч|подароч|подарун|лояльн|бонус|топливн|паливн|δωρ' // Cyrillic, Greek
  + '|hediye|sadakat|akaryakit|puan' // Turkish
  + '|самолич|удостовер|посвідч|tozsam|totozn|szemelyazon|henkilollis' // identity documents
  + '|[会會][员員]|[礼禮][品物]|ポイント|ギフト|회원|포인트|상품권|기프트|멤버십|สมาชิก|ของขวัญ|证件|證件|身分|신분|giay to'; // Asia
export const OTHER_CARD = 'garan[ctz]|gwaranc|takuu|zaruk|zaruc|гарант|עובד|דלק|כניסה|סטודנט|נסיעה|חניה|חבר'
  // The next three lines: Hebrew
  + '|ספריה|ספרייה|רישיון|רשיון|מפתח|תדלוק|בריאות'
  + '|לקוח|מנוי|ביקור'
  + '|אחריות|חיסון|נכה|תושב|זיהוי|ביטוח|תלמיד|אורח|שהייה|אישור|משימה|מוצר|ליד|פניה|פנייה|קופה|קופת'
  + '|وقود|دخول|تأمين|تامین|سوخت|ملی|طالب|صحي|إقامة|اقامة|شناسایی|موظف|شناسا' // Arabic, Persian
  // The next two lines: German
  + '|ausweis|gesundheit|mitarbeiter|student|mitglied|zugang|zutritt|schlussel|tank|bahn|bibliothek|jugend'
  + '|park'
  + '|vitale|acces|membre|adherent|abonn|etudiant|sante|sanitari|salud|estudiant|socio|combustib|acceso'
  + '|transport'
  + '|residenc|carburante|tessera|studente|dipendent|cidadao|estudante|funcionario|combustivel|saude|utente'
  + '|grise|lettore|circulation'
  + '|klant|personeel|zorg|toegang|verblijf|studenten|bensin|brandstof|drivstoff|polttoaine|opiskelij'
  + '|henkilo|kirjasto|lan[eo]kort'
  + '|bibliot|knihov|konyvtar|palivov|paliw|pobyt|studenc|pracown|zamestnan|zdravotn|zdrowotn|legitym'
  + '|uzemanyag|tagsag|diak|obcians'
  + '|torzsvasarl|tartozkodas|legitimati|sanatate|identitate|obcansk|prukaz|dowod|miejsk|kibic'
  + '|скидоч|пропуск|студен|читател|полис|медицин|клубн|проездн|транспорт|социальн|членск|гориво|здравн'
  + '|лична|личн|миграц|учет'
  + '|μελους|καυσιμ|φοιτητ|υγει|ταυτοτητ|uyelik|ogrenci|personel|kimlik|saglik|ulasim|kutuphane'
  + '|交通|健康|社保|医保|醫保|身份|学生|學生|门禁|門禁|油|診察|保険|在留|社員|運転|マイナンバー|会社|名刺|図書|学|図|학생|교통|출입|주유|건강|외국인|명함|사원'
  + '|ประชาชน|นักเรียน|พนักงาน|น้ำมัน|thanh vien|sinh vien|can cuoc|xang|nhan vien|bao hiem|dien thoai'
  + '|anggota|pelajar|mahasiswa|pegawai|karyawan|pengenalan|penduduk|keluarga|bpjs|bensin|perpustakaan'
  + '|pekerja'
  + '|clan|iskaznic|gorivo|studentsk|zdravstven|osobna|licna|krvi|pokaz';

/** Next to a word for an expiry, one of these means that something other than a card expires. */
export const OTHER_EXPIRY = '(?<!\\p{L})(contract|agreement|lease|subscription|polic(y|ies)|offer'
  + '|quot(e|ation)|domain|permit|visa (stamp|entry)|api|secret|token|passwords?|session|link)(?!\\p{L})'
  + '|קישור|סיסמה|סיסמא'
  + '|vertrag|abonnement|angebot|contrat|offre|oferta|offerta|overeenkomst|aanbod|avtal|aftale'
  + '|kontra[ck]t'
  + '|sopimu|umow|smlouv|zmluv|szerzod|sozlesm|ugovor|pogodb|договор|договір|συμβολ|συμβασ'
  + '|חוזה|הסכם|מבצע|הצעה|הצעת|عقد|عرض|قرارداد|合同|契約|契约|계약|hop dong|perjanjian|สัญญา|अनुबंध';

/** Next to a word for a code, one of these means that it is not a card's code: "alarm security code". */
export const OTHER_CODE = '(?<!\\p{L})(alarm|door|gate|building|lock|safe|vault|wi ?fi|router|panel|lobby'
  + '|garage|elevator|locker|intercom)(?!\\p{L})|אזעקה|דלת|שער|בניין|כספת|לובי|alarme'
  + '|alarma|allarme|turcode|сигнализац';

/** One of these means that a field is not for a card, and in a heading, that no field below it is. */
export const WHOLE_NEVER = 'passport|search|find|filter|iban|otp|sms|captcha|2fa|mfa|one time'
  + '|last (4|four)( digits?)?|last4'
  + '|(4|four) last( digits)?|ending (in|with)|licen[cs]e key|product key|import|mapping|column|report'
  + '|masked|curriculum|vitae|resume'
  + '|card (layout|view|style|size|colou?r|background|template|game|reader|id)|postcards?'
  + '|routing|swift|bic';
/**
 * One of these means the same, but only in a field's own words: a form below the heading "Telephone order"
 * may well ask for a card.
 */
export const WHOLE_NEVER_FIELD = 'template|reference|ref|bin|tracking|postal|zip|email|e mail|phone|telephone'
  + '|fax|נייד|טלפון|פלאפון|מייל|דוא ל|מיקוד|handy|telefono|telefone|celular|cellulare|telefon'
  + '|telefonnummer|puhelin|телефон|τηλεφωνο|هاتف|جوال|تلفن|موبایل|電話番号|电话|手机|手機|전화번호|dien thoai';
export const NEVER = 'letzten? (4|vier)|(4|quatre) derniers|ultim[oaie]s? (4|cuatro|quattro|quatro)'
  + '|laatste (4|vier)|siste (4|fire)'
  + '|sista fyra|ostatnie (4|cztery)|posledni (4|ctyri)|последние (4|четыре)|4 (ה)?ספרות|ארבע (ה)?ספרות'
  + '|末[尾四]|后四位|後四|下4桁|뒤 4'
  + '|簡訊|短信|短訊|문자 인증|인증 ?번호|認証番号'; // codes that are sent by message

/** Before a word for "card", one of these means that no card belongs in the field. */
export const WHOLE_NOT = 'not|never|don t|nicht|niemals|kein(e|en)?|jamais|pas|nunca|nicht|niet|nooit|geen'
  + '|ikke|aldri|aldrig'
  + '|inte|alla|mai|nie|nikdy|soha|ne|не|никогда|אין|אל|לא|לרשום|لا|ممنوع';
