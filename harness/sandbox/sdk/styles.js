// The look, kept inside the shadow root so that a shop's own styles and the SDK's never meet.
sdk.styles = {
  // Dresses a shadow root in the SDK's styles and the merchant's theme; returns the root.
  dress(root, theme) {
    const style = sdk.dom.el('style', {}, sdk.styles.text);
    root.append(style);
    // A style element has a sheet only in a document, so a constructed sheet carries the theme.
    const sheet = new CSSStyleSheet();
    sdk.theme.lay(sheet, theme);
    root.adoptedStyleSheets = [sheet];
    return root;
  },

  text: `
:host { all: initial; display: block; box-sizing: border-box; width: 100%; background: #fff;
  border: 1px solid #e4e4e7; border-radius: 14px; padding: 20px; }
:host([dir="rtl"]) { direction: rtl; }
:host(#ottu-checkout-popups) { border: 0; padding: 0; height: 0; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.ottu__sdk-main, .ottu__sdk-modal { font-family: Montserrat, Poppins, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans Arabic", Arial, sans-serif;
  color: #24242c; font-size: 14px; line-height: 1.4; -webkit-font-smoothing: antialiased; }
.ottu__sdk-main { container-type: inline-size; }
button { font: inherit; color: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid #2c6bed; outline-offset: 2px; }
.ottu__sdk-title { margin: 0 0 10px; font-size: 17px; font-weight: 700; }
.ottu__sdk-payment-methods-heading { margin-top: 16px; }
.ottu__sdk-amount-box { display: grid; grid-template-columns: 1fr 1fr; align-items: center; min-height: 54px;
  padding: 8px 16px; background: #f7f7f7; border-radius: 10px; }
.ottu__sdk-amount-label { text-align: center; color: #707076; font-weight: 600; font-size: 15px; }
.ottu__sdk-amount { text-align: center; font-weight: 700; font-size: 20px; color: #000; white-space: nowrap; }
.ottu__sdk-wallet-buttons { display: grid; gap: 8px; margin-top: 14px; }
.apple-pay-button { display: flex; align-items: center; justify-content: center; width: 100%; height: 48px; padding: 0;
  background: #000; color: #fff; border: 0; border-radius: 5px; }
.ottu__sdk-apple-pay-white, .ottu__sdk-apple-pay-white-outline { background: #fff; color: #000; }
.ottu__sdk-apple-pay-white-outline { border: 1px solid #000; }
.ottu__sdk-apple-pay-black:hover { background: #1c1c1e; }
.apple-pay-button:disabled { opacity: .45; cursor: default; }
.ottu__sdk-saved-cards, .ottu__sdk-methods { display: grid; gap: 6px; align-content: start; min-width: 0; }
.ottu__sdk-methods-block { display: grid; gap: 6px; }
.ottu__sdk-methods-block > :empty { display: none; }
.ottu__sdk-methods-block .ottu__sdk-payment-method { background: #fff; border: 1px solid #dedee2; border-radius: 9px;
  box-shadow: inset 0 0 0 1px transparent; overflow: hidden; }
.ottu__sdk-methods-block .ottu__sdk-payment-method:hover { border-color: #b9b9c0; }
.ottu__sdk-methods-block .ottu__sdk-selected-method { background: #f4f4f5; border-color: #a2a2a8; box-shadow: inset 0 0 0 1px #a2a2a8; }
.ottu__sdk-method-line { display: flex; align-items: center; min-height: 50px; }
.ottu__sdk-method-label { flex: 1; display: flex; flex-wrap: wrap; align-items: center; column-gap: 14px; row-gap: 2px;
  min-height: 50px; padding: 8px 14px; cursor: pointer; min-width: 0; }
input[type="radio"] { appearance: none; flex: none; width: 16px; height: 16px; margin: 0; border: 1px solid #bdbdc4;
  border-radius: 50%; background: #fff; cursor: pointer; }
input[type="radio"]:checked { border: 1px solid #6d6d72; background: radial-gradient(#5c5c61 0 4px, #fff 4.6px); }
input[type="radio"]:disabled { opacity: .4; cursor: default; }
.ottu__sdk-logo { flex: none; display: inline-flex; align-items: center; justify-content: center; gap: 3px; width: 62px; height: 30px; }
.ottu__sdk-saved-card .ottu__sdk-method-label { column-gap: 10px; padding-inline-end: 6px; }
.ottu__sdk-saved-card .ottu__sdk-logo { width: 40px; }
.ottu__sdk-payment-name, .ottu__sdk-card-number { font-weight: 700; font-size: 14px; }
.ottu__sdk-card-number { white-space: nowrap; }
.ottu__sdk-card-expiry { margin-inline-start: auto; color: #717177; font-size: 13px; white-space: nowrap; }
.ottu__sdk-delete-card { flex: none; display: inline-flex; padding: 10px; margin-inline-end: 8px; background: none; border: 0; border-radius: 8px; }
.ottu__sdk-delete-card:hover { background: #fdeceb; }
.ottu__sdk-method-details { padding: 0 14px 12px; }
.ottu__sdk-card-frame { display: block; width: 100%; height: 0; border: 0; color-scheme: light; }
.ottu__sdk-border { height: 0; margin: 14px 0 12px; border: 0; border-top: 1px solid #e4e4e7; }
.ottu__sdk-save-card, .ottu__sdk-fees { display: flex; align-items: center; justify-content: space-between; gap: 16px; margin-bottom: 10px; }
.ottu__sdk-checkbox-label { font-size: 12.5px; max-width: 240px; cursor: pointer; }
.ottu__sdk-fees { font-size: 14.5px; align-items: start; }
.ottu__sdk-fees-label { max-width: 200px; }
.ottu__sdk-switch { flex: none; position: relative; width: 48px; height: 28px; padding: 0; border: 0; border-radius: 14px; background: #c9c9ce; transition: background .15s; }
.ottu__sdk-switch[aria-checked="true"] { background: #12c43f; }
.ottu__sdk-knob { position: absolute; inset-inline-start: 2px; top: 2px; width: 24px; height: 24px; border-radius: 50%;
  background: #fff; box-shadow: 0 1px 2px rgba(0,0,0,.3); transition: inset-inline-start .15s; }
.ottu__sdk-switch[aria-checked="true"] .ottu__sdk-knob { inset-inline-start: 22px; }
.ottu__sdk-button { display: block; width: 100%; min-height: 48px; padding: 8px 16px; border-radius: 8px; font-weight: 700; font-size: 15.5px; }
.ottu__sdk-pay-button { background: #6f6f6f; color: #fff; border: 1px solid #6f6f6f; border-radius: 6px; }
.ottu__sdk-pay-button:hover:enabled { background: #5e5e5e; }
.ottu__sdk-pay-button:disabled { opacity: .5; cursor: default; }
.ottu__sdk-pay-button[aria-busy="true"]::after { content: ""; display: inline-block; width: 14px; height: 14px; margin-inline-start: 10px;
  vertical-align: -2px; border: 2px solid currentColor; border-inline-end-color: transparent; border-radius: 50%; animation: ottu-turn .8s linear infinite; }
.ottu__sdk-notice { margin: 18px 0 6px; text-align: center; color: #6d6d72; }
.ottu__sdk-loader { width: 34px; height: 34px; margin: 60px auto; border: 3px solid #e4e4e7; border-top-color: #6f6f6f; border-radius: 50%; animation: ottu-turn .8s linear infinite; }
@keyframes ottu-turn { to { transform: rotate(360deg); } }
@container (min-width: 560px) {
  .ottu__sdk-grid { grid-template-columns: 1fr 1fr; gap: 12px; }
  .ottu__sdk-grid .ottu__sdk-saved-cards:empty + .ottu__sdk-methods { grid-column: 1 / -1; }
}
@container (max-width: 330px) { .ottu__sdk-logo { width: 46px; } .ottu__sdk-method-label { column-gap: 10px; padding-inline: 10px; } }
.ottu__sdk-modal { position: fixed; padding: 26px 22px 22px; width: min(400px, calc(100vw - 32px)); max-height: calc(100dvh - 32px); overflow: auto;
  border: 0; border-radius: 18px; background: #fff; box-shadow: 0 18px 60px rgba(0,0,0,.25); text-align: center; }
.ottu__sdk-modal::backdrop { background: rgba(60,52,52,.55); }
.ottu__sdk-modal h2:focus { outline: none; }
.ottu__sdk-modal h2 { margin: 14px 0 0; font-size: 19px; line-height: 1.45; font-weight: 700; }
.ottu__sdk-modal p { margin: 10px 0 0; font-size: 14.5px; }
.ottu__sdk-modal ul { list-style: none; margin: 14px 0 0; padding: 0; font-size: 14.5px; color: #3c3c44; overflow-wrap: anywhere; }
.ottu__sdk-modal li { padding: 3px 0; }
.ottu__sdk-popup-close { position: absolute; top: 14px; inset-inline-end: 14px; display: inline-flex; padding: 9px; background: none; border: 0; border-radius: 50%; }
.ottu__sdk-popup-close:hover { background: #f1f1f3; }
.ottu__sdk-modal .ottu__sdk-button { margin-top: 14px; border: 1px solid #85858b; background: #fff; color: #55555b; }
.ottu__sdk-modal .ottu__sdk-button:hover { background: #f6f6f7; }
.ottu__sdk-retry { margin-top: 22px !important; }
.ottu__sdk-modal .ottu__sdk-removal-yes { margin-top: 26px; background: #575757; border-color: #575757; color: #fff; }
.ottu__sdk-modal .ottu__sdk-removal-yes:hover { background: #464646; }
.ottu__sdk-removal-sign { display: inline-flex; align-items: center; justify-content: center; width: 52px; height: 52px; border-radius: 50%; background: #fdeceb; }
.ottu__sdk-dots { display: flex; gap: 9px; justify-content: center; align-items: center; margin: 20px -22px -4px; padding-top: 16px; border-top: 1px solid #e4e4e7; }
.ottu__sdk-redirect-popup .ottu__sdk-dots { border-top: 0; padding-top: 0; margin-bottom: 6px; }
.ottu__sdk-dots i { width: 11px; height: 11px; border-radius: 50%; background: #bdbdc2; animation: ottu-pulse 1.2s infinite; }
.ottu__sdk-dots i:nth-child(2) { animation-delay: .2s; }
.ottu__sdk-dots i:nth-child(3) { animation-delay: .4s; }
@keyframes ottu-pulse { 0%, 100% { opacity: .25; transform: scale(.75); } 40% { opacity: 1; transform: scale(1.1); } }
.ottu__sdk-payment-modal { width: min(760px, calc(100vw - 24px)); padding: 16px 0 0; overflow: hidden; text-align: start; }
.ottu__sdk-payment-modal h2 { margin: 0 22px 14px; font-size: 17px; }
.ottu__sdk-3ds-frame { display: block; width: 100%; height: min(560px, calc(100dvh - 120px)); border: 0; border-top: 1px solid #e4e4e7; }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
`,
};
