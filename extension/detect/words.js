// The words by which a card field is known, in many languages: data for fields.js, nothing else uses it.
// To add a language, add its words to each list, after a '|'. Write in lower case; accents make no
// difference.
// A space also stands for no space, so that 'card number' finds "card-number" and "cardNumber"; (a|b) is a
// choice, a question mark makes what is before it optional, and \\S* is the rest of a word.
// The lists named WHOLE are of English, in which fields are named everywhere: they are found between borders
// of words. All others are parts of words, and are found anywhere.

/** A card's number: in a name these need no second piece of evidence. */
export const WHOLE_NUMBER = '(card|cc) (number|num|no|nr|nbr|pan)|credit card(?! \\p{L})';

/** A card's code: in any of a field's words these need none. */
export const WHOLE_CODE = 'cv[vcn]2? (code|number)?|(card|cc) (csc|cid)';

/** Likely a card's code. */
export const WHOLE_CSC = 'csc|cv2|ccv|cid|card (code|pin|verification)|verification (value|number)';

/** So is a word for "code" together with one of what it is good for. */
export const CODE = '[ck]o+d|ziffer' // European languages
  + '|код|κωδ|קוד|رمز|کد' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian
  + '|[码碼]|コード|코드'; // Chinese, Japanese, Korean
export const SECURITY = 'se[cg]ur|sicur|verif|valid|[ck]ontrol' // Romance languages, English, Dutch, Czech
  + '|siche|pru?e?f|veilig|sikker|sakerh|turva' // German, Dutch, Danish, Norwegian, Swedish, Finnish
  + '|bezp|biztons|guven' // Polish, Czech, Hungarian, Turkish
  + '|безо?п|провер|ασφ|επαλ' // Russian, Ukrainian, Greek
  + '|בטח|ביטח|امان|امن|تحقق' // Hebrew, Arabic, Persian
  + '|安全|セキュ|보안'; // Chinese, Japanese, Korean
export const CSC = 'cryptogr|pru?e?fn|בגב|גב הכרטיס'; // French, German, Hebrew

/** A word for "card". */
export const CARD = '(?<!dis)card|[ck]art[aey]|kart|kort|kaart|tarjeta|cartao' // European languages, Turkish
  + '|карт|καρτ|כרטיס|بطاق|[كک]ارت' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian
  + '|卡|カード|카드'; // Chinese, Japanese, Korean

/** Together with that, a card's number: a word for "number", or what only a payment card is called. */
export const NUMBER = 'num|nr(?!\\p{L})|(?<!\\p{L})no?(?!\\p{L})|cislo|szam' // European languages, Turkish
  + '|номер|αριθμ|מס|رقم|شماره' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian
  + '|[号號]|番号|번호' // Chinese, Japanese, Korean
  + '|[ck]redi|debit|luotto|bancaire|אשראי|חיוב|ائتمان|信用|クレジ|신용';

/** Together with that, its holder: a word for "name" or "holder". */
export const HOLDER = 'nam|nom|navn|jmen|nev|type'
  + '|inh|inne|inde|h[oa]l|hou|tit[uo]l|intest|det[ei]n|posiad|drzit|birt|sahib'
  + '|имя|держ|влад|власн|κατοχ' // Russian, Ukrainian, Greek
  + '|שם|בעל|اسم|حامل|صاحب|دارند' // Hebrew, Arabic, Persian
  + '|持|名|소유|이름'; // Chinese, Japanese, Korean

export const WHOLE_EXPIRY = 'exp(ires?|iry)?( date| month| year| on)?'
  + '|(card|cc) (month|year|date)'
  + '|(valid|good) (thru|through|until|to|till)|validity'
  + '|mm (yy|aa|jj|rr)+|мм гг';
export const EXPIRY = 'תוקף|תפוגה' // Hebrew
  + '|انتها|صلاح[يی]|انقض' // Arabic, Persian
  + '|g(ue?lt|eld|yld|ilt)ig|ablauf|verval' // German, Dutch, Danish, Norwegian, Swedish
  + '|u[dt]l[oø][bp]|utgang|voimassa' // Danish, Norwegian, Swedish, Finnish
  + '|expira|caduc|vencim|scaden|validad|validit' // French, Spanish, Italian, Portuguese, Romanian
  + '|wazn|platnost|lejar' // Polish, Czech, Hungarian
  + '|ληξ|срок|действ|термін д' // Greek, Russian, Ukrainian
  + '|son kul|gecerl' // Turkish
  + '|有[效効]期|到期|유효 기간|만료'; // Chinese, Japanese, Korean

/** The whole of a label: a part of a date, which is a card's only beside a card's number. */
export const DATE_PART = 'mm|yy|yyyy|aa|jj|month|year|monat|jahr|mois|annee|mese|anno'
  + '|месяц|год|חודש|שנה|月|年|월|년';

/** The whole of a label: a number of whatever it is. A card's, where all else is. */
export const BARE = 'number|numero|nummer|номер';

/** Words that programmers put in front of a field's name. */
export const PREFIX = '((txt|input|field|form|billing|payment|pay|card|cc|credit) )*';

/** Cards and codes that are no payment card's: one of these in a field's own words, and it is not one. */
export const WHOLE_NEVER = ''
  + 'gift|loyalty|rewards?|bonus|points?|club|member(ship)?|library|insurance|passport'
  + '|voucher|coupon|promo|discount|search|filter|iban|otp|sms|captcha'
  + '|(id|pan|sim|phone) card';
export const NEVER = 'מועדון|שובר|מתנה|גיפט|תעודת זהות|(?<!\\p{L})ת ז(?!\\p{L})' // Hebrew
  + '|(هد|هو|عضو)[يی]' // Arabic, Persian
  + '|geschenk|gutschein|treue|kunden kart|versicher|cad(eau|ou)|regalo|presente|lahja|etu kort'
  + '|kanta asiak|fidel|fedelt|identit'
  + '|medlem|klante|gavek|presentk|vernost|darkov|ajandek|prezent|podaru|lojaln'
  + '|дарч|подароч|подарун|лояльн|бонус|δωρ|hediye|sadakat' // Greek, Russian, Turkish
  + '|[会會][员員]|[礼禮]品|ポイント|ギフト|회원|포인트|상품권|기프트'; // Chinese, Japanese, Korean
