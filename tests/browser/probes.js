// What the tests ask of a page. Each probe gives what is wrong, so that a good page gives [].
window.probes = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const named = element => {
    const text = (element.textContent || element.getAttribute('aria-label') || '').trim();
    return `<${element.localName} ${element.id || element.className}> ${text.slice(0, 40)}`;
  };
  const isSeen = element => element.checkVisibility({ visibilityProperty: true })
    && !element.closest('.vh, .skip');
  const textNodes = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && isSeen(node.parentElement)) found.push(node);
    }
    return found;
  };

  // Colours, as WCAG 2 computes them.
  const channels = color => color.match(/[\d.]+/g).map(Number);
  const luminance = color => {
    const [r, g, b] = channels(color).map(c => c / 255)
      .map(c => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) === 1) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const CONTROLS = 'input, select, .btn--plain, .active a';

  return {
    lowContrast() {
      const wrong = [];
      const ask = (element, color, under, least) => {
        const found = ratio(color, under);
        if (found < least) wrong.push(`${found.toFixed(2)} ${named(element)}`);
      };
      for (const node of textNodes()) {
        const element = node.parentElement;
        ask(element, getComputedStyle(element).color, ground(element), 4.5);
      }
      for (const glyph of all('.st svg, .differ__h svg').filter(isSeen)) {
        ask(glyph, getComputedStyle(glyph).color, ground(glyph), 3);
      }
      for (const control of all(CONTROLS).filter(isSeen)) {
        ask(control, getComputedStyle(control).borderTopColor, ground(control.parentElement), 3);
      }
      for (const bar of all('.bar rect')) ask(bar, getComputedStyle(bar).stroke, ground(bar), 3);
      for (const rule of all('.differ')) {
        ask(rule, getComputedStyle(rule).borderInlineStartColor, ground(rule.parentElement), 3);
      }
      return wrong;
    },

    sideways() {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      return all('body *')
        .filter(one => isSeen(one) && one.getBoundingClientRect().right > clientWidth + 1)
        .map(named).slice(0, 5).concat(`${scrollWidth} px in ${clientWidth} px`);
    },

    cutOff() { // text in a box that hides what does not fit; regions that scroll are none
      return all('body *').filter(one => {
        const style = getComputedStyle(one);
        return isSeen(one) && style.overflowX !== 'visible' && style.overflowX !== 'auto'
          && !['svg', 'select', 'input'].includes(one.localName)
          && !one.closest('svg') && one.scrollWidth > one.clientWidth + 1
          && all('*', one).some(part => part.getBoundingClientRect().right
            > one.getBoundingClientRect().right + 1);
      }).map(named);
    },

    smallTargets() { // WCAG 2.5.8; links in running text are excepted there
      return all('a, button, input:not([type=hidden]), select, summary').filter(isSeen).filter(one => {
        const box = one.getBoundingClientRect();
        return getComputedStyle(one).display !== 'inline' && (box.width < 24 || box.height < 24);
      }).map(one => `${Math.round(one.getBoundingClientRect().height)} px ${named(one)}`);
    },

    headings() {
      const levels = all('h1, h2, h3, h4, h5, h6').map(one => Number(one.localName[1]));
      const skipped = levels.filter((level, n) => n && level > levels[n - 1] + 1);
      const firsts = levels.filter(level => level === 1).length;
      return [...(firsts === 1 ? [] : [`${firsts} h1`]), ...skipped.map(level => `h${level} skips`)];
    },

    fragments() { // ids that stand twice, links that lead to none
      const ids = all('[id]').map(one => one.id);
      const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
      const lost = all('a[href^="#"], use[href^="#"]').map(one => one.getAttribute('href').slice(1))
        .filter(id => !document.getElementById(id));
      const described = all('[aria-describedby], label[for]')
        .flatMap(one => (one.getAttribute('aria-describedby') ?? one.htmlFor).split(' '))
        .filter(id => !document.getElementById(id));
      return [...twice, ...lost, ...described];
    },

    languages() { // letters of one language under another
      const OF = { ja: /[\u3041-\u3096\u30a1-\u30fa]/u, ko: /[\uac00-\ud7a3]/u };
      const under = node => node.parentElement.closest('[lang]').getAttribute('lang'); // also in SVG
      return textNodes().filter(node => {
        const language = under(node).slice(0, 2);
        return Object.keys(OF).some(code => code !== language && OF[code].test(node.data));
      }).map(node => `${under(node)}: ${node.data.trim().slice(0, 60)}`);
    },

    brokenWords() { // Korean words that stand in two lines although a line could hold them
      const range = document.createRange();
      const wrong = [];
      for (const node of textNodes()) {
        if (node.parentElement.closest('[lang]').getAttribute('lang') !== 'ko') continue;
        for (const { 0: word, index } of node.data.matchAll(/[\uac00-\ud7a3]{2,}/gu)) {
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
          if (tops.size > 1) wrong.push(word);
        }
      }
      return wrong;
    },

    longLines(most) { // characters of full width in a line of running Japanese
      return all('p, dd, li').filter(one => isSeen(one) && one.closest('[lang]').lang === 'ja')
        .filter(one => one.matches('.lead, .said, .why, .prog p, .notes > li, .quotes p, .fu p, .src p'))
        .map(one => one.clientWidth / parseFloat(getComputedStyle(one).fontSize))
        .filter(found => found > most + .05);
    },

    stop() { // the element that holds the focus: its place in the page, its ring, what covers it
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const style = getComputedStyle(at), box = [...at.getClientRects()][0];
      const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const ring = style.boxShadow !== 'none'
        || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
      return {
        index: all('*').indexOf(at), name: named(at), ring,
        covered: !(over && (at.contains(over) || over.contains(at) || over.closest('label')?.control === at)),
      };
    },
  };
})();
