"""Open every page of the site in Chromium at 375 and 1440 pixels, and search in it.

    python .github/tools/check_site.py SITE [FOLDER FOR SCREENSHOTS]

Fails on what spills over the page's edge, raw directives or fences, formulas that KaTeX refuses or leaves as text, missing images, errors
of the console, and a search that does not lead to a reference.
"""
import re, shutil, sys, threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from playwright.sync_api import sync_playwright

class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args): pass

LOOK = r'''() => {
  const main = document.querySelector('main') || document.body, scrolls = e => { for (; e; e = e.parentElement) if (getComputedStyle(e).overflowX != 'visible') return true; return false }
  const text = document.createElement('div'); text.append(...[...main.cloneNode(true).childNodes]); text.querySelectorAll('pre, code, .katex').forEach(e => e.remove())
  return {
    'wider than the window': document.documentElement.scrollWidth > innerWidth ? [document.documentElement.scrollWidth] : [],
    'over the edge': [...main.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 2 && !scrolls(e)).map(e => e.tagName + ' ' + (e.innerText || '').slice(0, 40)).slice(0, 3),
    'raw': text.textContent.match(/#\|\s*\w+.*|:::.*|\{\{<.*|\$\$.*|\{target=.*/g) || [],
    'formula': [...document.querySelectorAll('.katex-error')].map(e => e.title),
    'image': [...document.images].filter(i => i.src.startsWith(location.origin) && i.complete && !i.naturalWidth).map(i => i.src.slice(0, 80)),
    'formula left as text': [...main.querySelectorAll('.math')].filter(e => !e.querySelector('.katex')).map(e => e.textContent.slice(0, 60)),
  }
}'''

def look(page, url, offline):
    "What is wrong with a page: kind -> examples"
    said = []
    own = url.split('/')[2]                   # badges come from elsewhere, which a test does not ask
    page.route(lambda u: own not in u, lambda r: r.abort())
    page.on('console', lambda m: said.append(m.text[:120]) if m.type == 'error' and (own in m.location.get('url', own) or 'Failed to load' not in m.text) else None)
    page.on('pageerror', lambda e: said.append(str(e)[:120]))
    page.goto(url, wait_until='load')
    if page.locator('main .math').count() and not offline: page.wait_for_selector('main .katex')
    return {k: v for k, v in {**page.evaluate(LOOK), 'console': said}.items() if v}

def search(page, url, word, reference):
    "Does typing a word into the search box lead to its reference?"
    page.goto(url, wait_until='load')
    page.locator('input[type=search]').first.fill(word)
    page.wait_for_selector(f'a[href*="{reference}"]', timeout=10_000)

def main(site, shots=None):
    site, failed = Path(site).resolve(), 0
    server = ThreadingHTTPServer(('127.0.0.1', 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base, pages = f'http://127.0.0.1:{server.server_port}', sorted(p.relative_to(site).as_posix() for p in site.rglob('*.html'))
    offline = not (site/'site_libs'/'katex').exists()           # then formulas come from a CDN, which a test does not ask
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which('chromium'), args=['--no-sandbox'])
        for width in (375, 1440):
            for name in pages:
                page = browser.new_page(viewport=dict(width=width, height=900))
                if wrong := look(page, f'{base}/{name}', offline): failed += 1; print(f'{name} at {width}: {wrong}', file=sys.stderr)
                if shots: page.screenshot(path=str(Path(shots)/f"{re.sub('/', '-', name)[:-5]}-{width}.png"), full_page=True)
                page.close()
        page = browser.new_page(viewport=dict(width=1440, height=900))
        search(page, f'{base}/index.html', 'compression_scores', 'compress.html#compression_scores')
        browser.close()
    server.shutdown()
    print(f'{len(pages)} pages at two widths, {failed} with something wrong; the search finds a reference')
    return failed > 0 or not pages

if __name__ == '__main__': sys.exit(main(*sys.argv[1:]))
