// Tests payment forms in many languages that are known only by their labels, and forms for other cards in
// these languages: extension/detect/words.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../support/browser.js';

openPage('');
const { FIELD_SELECTOR } = await import('../../../extension/content/field-selector.js');
const { evidenceOf } = await import('../../../extension/detect/evidence.js');
const { judge } = await import('../../../extension/detect/judge.js');

/**
 * A language, the words for number, expiry, code and holder as a page would have them, and other cards.
 * @type {[string, string, string, string, string, string[]][]}
 */
const LANGUAGES = [
  ['Hebrew', 'מספר כרטיס', 'תוקף הכרטיס', 'שלוש ספרות בגב הכרטיס', 'שם בעל הכרטיס',
    ['מספר כרטיס מועדון', 'מספר שובר מתנה']],
  ['Arabic', 'رقم البطاقة', 'تاريخ انتهاء الصلاحية', 'رمز الأمان', 'اسم حامل البطاقة',
    ['رقم بطاقة هدية', 'رقم بطاقة الهوية']],
  ['English', 'Card number', 'Expiration date', 'Security code', 'Name on card',
    ['Gift card number', 'Library card number', 'Membership card number', 'ID card number']],
  ['German', 'Kartennummer', 'Gültig bis', 'Prüfziffer', 'Karteninhaber',
    ['Geschenkkarten-Nr.', 'Kundenkarte Kartennummer', 'Versichertenkarte Kartennummer']],
  ['French', 'Numéro de carte', 'Date d’expiration', 'Cryptogramme visuel', 'Titulaire de la carte',
    ['Numéro de carte de fidélité', 'Numéro de carte cadeau', 'Numéro de carte d’identité']],
  ['Spanish', 'Número de tarjeta', 'Fecha de caducidad', 'Código de seguridad', 'Titular de la tarjeta',
    ['Número de tarjeta regalo', 'Tarjeta de fidelización: número de tarjeta']],
  ['Italian', 'Numero della carta', 'Scadenza', 'Codice di sicurezza', 'Intestatario della carta',
    ['Numero carta fedeltà', 'Numero carta regalo', 'Numero carta d’identità']],
  ['Portuguese', 'Número do cartão', 'Validade', 'Código de segurança', 'Nome impresso no cartão',
    ['Número do cartão presente', 'Número do cartão fidelidade']],
  ['Dutch', 'Kaartnummer', 'Vervaldatum', 'Beveiligingscode', 'Naam kaarthouder',
    ['Cadeaukaartnummer', 'Klantenkaartnummer']],
  ['Danish', 'Kortnummer', 'Udløbsdato', 'Sikkerhedskode', 'Kortholders navn',
    ['Gavekortnummer', 'Medlemskortnummer']],
  ['Swedish', 'Kortnummer', 'Giltigt till och med', 'Säkerhetskod', 'Kortinnehavare',
    ['Presentkortnummer', 'Medlemskortnummer']],
  ['Norwegian', 'Kortnummer', 'Utløpsdato', 'Sikkerhetskode', 'Kortinnehaver',
    ['Gavekortnummer', 'Medlemskortnummer']],
  ['Finnish', 'Kortin numero', 'Voimassa asti', 'Turvakoodi', 'Kortinhaltijan nimi',
    ['Lahjakortin numero', 'Etukortin numero', 'Kanta-asiakaskortin numero']],
  ['Polish', 'Numer karty', 'Data ważności', 'Kod zabezpieczający', 'Posiadacz karty',
    ['Numer karty podarunkowej', 'Numer karty lojalnościowej']],
  ['Czech', 'Číslo karty', 'Platnost do', 'Bezpečnostní kód', 'Držitel karty',
    ['Číslo dárkové karty', 'Číslo věrnostní karty']],
  ['Hungarian', 'Kártyaszám', 'Lejárat', 'Biztonsági kód', 'Kártyabirtokos neve',
    ['Ajándékkártyaszám']],
  ['Romanian', 'Numărul cardului', 'Data expirării', 'Cod de securitate', 'Titularul cardului',
    ['Număr card cadou', 'Număr card de fidelitate']],
  ['Greek', 'Αριθμός κάρτας', 'Ημερομηνία λήξης', 'Κωδικός ασφαλείας', 'Κάτοχος κάρτας',
    ['Αριθμός δωροκάρτας']],
  ['Russian', 'Номер карты', 'Срок действия', 'Проверочный код', 'Держатель карты',
    ['Номер бонусной карты', 'Номер подарочной карты', 'Номер карты лояльности']],
  ['Ukrainian', 'Номер картки', 'Термін дії', 'Код безпеки', 'Власник картки', ['Номер подарункової картки']],
  ['Turkish', 'Kart numarası', 'Son kullanma tarihi', 'Güvenlik kodu', 'Kart sahibi',
    ['Hediye kartı numarası']],
  ['Persian', 'شماره کارت', 'تاریخ انقضا', 'کد امنیتی', 'نام دارنده کارت', ['شماره کارت هدیه']],
  ['Chinese, simplified', '卡号', '有效期', '安全码', '持卡人姓名', ['会员卡号', '礼品卡卡号']],
  ['Chinese, traditional', '卡號', '到期日', '安全碼', '持卡人', ['會員卡號', '禮品卡卡號']],
  ['Japanese', 'カード番号', '有効期限', 'セキュリティコード', 'カード名義人',
    ['ポイントカード番号', 'ギフトカード番号', '会員カード番号']],
  ['Korean', '카드 번호', '유효기간', '보안 코드', '카드 소유자 이름', ['멤버십 회원 카드 번호', '기프트 카드 번호']],
];

/** @param {...string} labels */
function verdict(...labels) {
  openPage(labels.map((label) => `<p><label>${label} <input></label></p>`).join(''));
  return judge([...document.querySelectorAll(FIELD_SELECTOR)].map((it) => evidenceOf(it)).filter(Boolean));
}

for (const [language, number, expiry, code, holder, others] of LANGUAGES) {
  test(`${language}: a number or a code together with another field`, () => {
    assert.equal(verdict(number, expiry), 'card number and expiry');
    assert.equal(verdict(number, holder), 'card number and holder');
    assert.equal(verdict(code, expiry), 'card csc and expiry');
    assert.equal(verdict(number, code), 'card number and csc');
  });

  test(`${language}: no field alone, and capitals make no difference`, () => {
    for (const label of [number, expiry, code, holder]) {
      assert.equal(verdict(label), null, label);
      assert.equal(verdict(label.toUpperCase()), null, label);
    }
    assert.equal(verdict(number.toUpperCase(), expiry.toUpperCase()), 'card number and expiry');
  });

  test(`${language}: other cards are not payment cards`, () => {
    for (const other of others) assert.equal(verdict(other, expiry), null, other);
  });
}

/** Labels of a single field for the whole card number, as a CRM has it, in each language. */
const SINGLE = [
  'Credit card number', 'Credit Card No.', 'Debit card number', 'מספר כרטיס אשראי', 'מס׳ כרטיס אשראי',
  'כרטיס אשראי', 'מס׳ אשראי', 'رقم بطاقة الائتمان', 'Kreditkartennummer', 'Nummer der Kreditkarte',
  'Numéro de carte bancaire', 'Numéro de carte de crédit', 'Número de tarjeta de crédito',
  'Numero carta di credito', 'Número do cartão de crédito', 'Creditcardnummer', 'Kreditkortnummer',
  'Kredittkortnummer', 'Luottokortin numero', 'Numer karty kredytowej', 'Číslo platební karty',
  'Bankkártya száma', 'Numărul cardului de credit', 'Αριθμός πιστωτικής κάρτας',
  'Номер кредитной карты', 'Номер банківської картки', 'Kredi kartı numarası', 'شماره کارت اعتباری',
  '信用卡卡号', '信用卡號碼', 'クレジットカード番号', '신용카드 번호', 'Số thẻ tín dụng', 'หมายเลขบัตรเครดิต',
  'Nomor kartu kredit', 'Broj kreditne kartice', 'Номер на кредитна карта', 'Číslo kreditnej karty',
  'Številka kreditne kartice', 'Kreditinės kortelės numeris', 'Kredītkartes numurs',
  'Krediitkaardi number', 'Nombor kad kredit', 'क्रेडिट कार्ड नंबर', 'ক্রেডিট কার্ড নম্বর',
];

for (const label of SINGLE) {
  test(`a single field is one for a payment card: ${label}`, () => assert.notEqual(verdict(label), null));
}
