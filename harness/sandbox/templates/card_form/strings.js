// What is said at the fields.
cardForm.strings = {
  en: {
    required: 'This field is required',
    number: 'Invalid card number',
    month: 'Invalid month',
    year: 'Invalid year',
    expired: 'Card has expired',
    cvv: 'Invalid CVV code',
  },
  ar: {
    required: 'هذه الخانة مطلوبه',
    number: 'رقم بطاقة غير صحيح',
    month: 'شهر غير صحيح',
    year: 'سنة غير صحيحة',
    expired: 'انتهت صلاحية البطاقة',
    cvv: 'رمز التحقق غير صحيح',
  },

  text(key) {
    return cardForm.strings[cardForm.settings.lang === 'ar' ? 'ar' : 'en'][key];
  },

  // The server speaks English; what it says that the form knows is said in the form's language.
  translated(sentence) {
    const bare = sentence.replace(/\.$/, '');
    const key = Object.keys(cardForm.strings.en).find((one) => cardForm.strings.en[one] === bare);
    return key ? cardForm.strings.text(key) : sentence;
  },
};
