// A modal dialog in the browser's top layer: the page behind it cannot be reached until it closes.
sdk.dialog = {
  // Children must contain `heading`, which names the dialog. The Escape key calls `onDismiss`, and
  // so does the X of a `closable` dialog; without `onDismiss` only the program closes it.
  open(root, { lang, className, heading, children, onDismiss, closable }) {
    heading.id = heading.id || `ottu-dialog-${sdk.dialog.count += 1}`;
    // Read first by a screen reader, and no button is pressed by a key meant for the page.
    heading.tabIndex = -1;
    heading.autofocus = true;
    const element = sdk.dom.el('dialog', {
      role: 'dialog',
      'aria-modal': 'true',
      'aria-labelledby': heading.id,
      class: `ottu__sdk-modal ${className}`,
      lang: sdk.strings.language(lang),
      dir: sdk.strings.direction(lang),
    }, closable ? sdk.dialog.closeButton(lang, onDismiss) : null, children);
    element.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (onDismiss) onDismiss();
    });
    root.append(element);
    element.showModal();
    return { element, close: () => { element.close(); element.remove(); } };
  },

  closeButton(lang, onDismiss) {
    const label = sdk.strings.text(lang, 'close');
    const attributes = { type: 'button', class: 'ottu__sdk-popup-close', 'aria-label': label, click: onDismiss };
    return sdk.dom.el('button', attributes, sdk.icons.cross());
  },

  count: 0,
};
