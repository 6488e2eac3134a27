"""The experiment notebook in a real browser: python .github/tools/ui_test.py [--shots FOLDER]

JupyterLab on loopback, headless Chromium. It waits for states, never for times."""
import argparse, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request, zipfile
from pathlib import Path
from playwright.sync_api import sync_playwright, expect

root = Path(__file__).resolve().parents[2]
notebook = 'training_dynamics_experiment.ipynb'
flags = '--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split()
long = 300_000                                                                  # ms; a bound for states that a slow machine reaches late
expect.set_options(timeout=30_000)

def free_port():
    with socket.socket() as s: s.bind(('127.0.0.1', 0)); return s.getsockname()[1]

def with_parameters(path, **values):
    "Set the notebook's parameters, as papermill does: a cell after the tagged one"
    nb = json.loads(path.read_text(encoding='utf-8'))
    at = next(i for i,c in enumerate(nb['cells']) if 'parameters' in c['metadata'].get('tags', ()))
    cell = dict(cell_type='code', id='injected', metadata={}, execution_count=None, outputs=[], source='\n'.join(f'{k} = {v!r}' for k,v in values.items()))
    nb['cells'].insert(at+1, cell)
    path.write_text(json.dumps(nb), encoding='utf-8')

def serve(work):
    "JupyterLab over a copy of the notebook, which it saves as it likes"
    home = work/'home'
    home.mkdir()
    shutil.copy(root/'nbs'/notebook, home)
    shutil.copytree(root/'nbs'/'images', home/'images')
    with_parameters(home/notebook, RUN_ON_RUN_ALL=False, OUTPUT_DIR='ui_run')
    settings = work/'set'/'@jupyterlab'/'apputils-extension'
    settings.mkdir(parents=True)
    (settings/'notification.jupyterlab-settings').write_text('{"fetchNews": "false", "checkForUpdates": false, "doNotDisturbMode": true}')
    env = {**os.environ, 'JUPYTER_CONFIG_DIR': str(work/'cfg'), 'JUPYTER_DATA_DIR': str(work/'data'), 'JUPYTER_RUNTIME_DIR': str(work/'run'),
           'JUPYTERLAB_SETTINGS_DIR': str(work/'set'), 'JUPYTERLAB_WORKSPACES_DIR': str(work/'ws'), 'IPYTHONDIR': str(work/'ipy'), 'HF_HUB_OFFLINE': '1',
           'PYTHONPATH': os.pathsep.join(filter(None, [str(root), os.environ.get('PYTHONPATH')]))}
    port = free_port()
    command = [sys.executable, '-m', 'jupyterlab', '--no-browser', '--allow-root', '--ip=127.0.0.1', f'--port={port}', '--ServerApp.port_retries=0',
               '--IdentityProvider.token=', f'--ServerApp.root_dir={home}', '--LabApp.expose_app_in_browser=True', '--LabApp.extension_manager=readonly',
               '--LabApp.news_url=', '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate']
    server = subprocess.Popen(command, cwd=work, env=env, stdout=open(work/'server.log', 'w'), stderr=subprocess.STDOUT, start_new_session=True)
    for _ in range(240):
        if server.poll() is not None: raise RuntimeError((work/'server.log').read_text()[-3000:])
        try: urllib.request.urlopen(f'http://127.0.0.1:{port}/api/status', timeout=1)
        except urllib.error.HTTPError: pass                                     # it answers
        except OSError: time.sleep(.25); continue
        break
    return server, f'http://127.0.0.1:{port}/lab/tree/{notebook}?reset'

def open_notebook(page, url):
    "Open it, and run all of its cells"
    page.goto(url, wait_until='domcontentloaded')
    page.wait_for_function('window.jupyterapp !== undefined', timeout=long)
    page.locator('.jp-NotebookPanel:visible .jp-Cell').first.wait_for(timeout=long)
    page.evaluate('''async () => {               // the idle indicator alone is too early: Run All then asks for a kernel
        await window.jupyterapp.restored
        const nb = window.jupyterapp.shell.currentWidget
        await nb.context.ready; await nb.sessionContext.ready
        await nb.sessionContext.session.kernel.info
    }''')
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=long)
    page.evaluate("() => { window.jupyterapp.commands.execute('application:toggle-left-area') }")
    run_all(page)
    page.locator('.bd-run').wait_for(timeout=long)

def run_all(page): page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")   # braces: do not wait for the promise

def fill(page, name, text):
    "Type into a box"
    box = page.locator(f'.bd-{name} input')
    box.fill(text)
    box.press('Enter')

def source_of(page, name): return page.locator(f'img.bd-picture-{name}, .bd-picture-{name} img').first.get_attribute('src')

def drive(page, url, work, shot, tell):
    open_notebook(page, url)
    tell('panel drawn')
    status,run,stop,resume = (page.locator(o) for o in ('.bd-status', 'button.bd-run', 'button.bd-stop', 'button.bd-resume'))
    expect(run).to_be_enabled(timeout=long)
    shot('1-panel')
    # A wrong schedule is told beside its box, and Run waits; so does one that is right again
    fill(page, 'epoch_schedule', '1,3,x')
    expect(page.locator('.bd-epoch_schedule-line .bd-error')).to_contain_text("'x', which is not a whole number")
    expect(run).to_be_disabled()
    expect(page.locator('.bd-why-not')).to_contain_text('Mend what is marked: Epochs')
    shot('2-wrong')
    fill(page, 'epoch_schedule', '1,2,4,30,60')
    expect(page.locator('.bd-epoch_schedule-line .bd-found')).to_have_text('6 checkpoints: 0, 1, 2, 4, 30, 60')
    for name,text in (('num_passages','6'), ('others','audit=none; n_permutations=200; n_resamples=200')): fill(page, name, text)
    expect(page.locator('.bd-estimate-line')).to_contain_text('120 training steps and 6 checkpoints of 12 passages')
    expect(run).to_be_enabled()
    # Run: progress moves, and figures appear and change
    run.click()
    expect(status).to_contain_text('Running', timeout=long)
    expect(page.locator('.bd-num_passages input')).to_be_disabled()
    expect(status).to_have_text(re.compile(r'Running: [1-6] of 6'), timeout=long)
    page.locator('img.bd-picture-recall, .bd-picture-recall img').first.wait_for(timeout=long)
    before = source_of(page, 'recall')
    tell('first figure')
    page.wait_for_function('''before => { const o = document.querySelector('img.bd-picture-recall, .bd-picture-recall img'); return o.src !== before && o.complete && o.naturalWidth > 300 }''', arg=before, timeout=long)
    tell('figure changed')
    expect(page.locator('.bd-stage')).to_contain_text('Train to epoch', timeout=long)
    shot('3-running')
    # Stop in the middle, and resume
    stop.click()
    expect(status).to_contain_text('Stopped after', timeout=long)
    expect(resume).to_be_enabled()
    expect(run).to_be_disabled()
    tell('stopped: ' + status.inner_text())
    shot('4-stopped')
    # Reopened: a new panel finds the run in the folder
    page.evaluate("() => { document.querySelector('.bd-app').dataset.old = 'yes'; window.jupyterapp.commands.execute('notebook:restart-run-all') }")
    page.locator('.jp-Dialog-button.jp-mod-accept').click()
    page.locator('.bd-app[data-old]').wait_for(state='detached', timeout=long)   # its clicks would reach no kernel
    expect(page.locator('.bd-why-not')).to_contain_text('Resume goes on with the run', timeout=long)
    expect(page.locator('.bd-num_passages input')).to_have_value('6')
    resume.click()
    expect(status).to_contain_text('Running', timeout=long)
    expect(status).to_contain_text('Finished after', timeout=long)
    expect(status).to_contain_text('6 of 6')
    tell('resumed and finished')
    shot('5-finished')
    explore(page, work, shot, tell)

def tab(page, name): page.locator('.bd-tabs').locator('.lm-TabBar-tab, .p-TabBar-tab').filter(has_text=name).click()

def explore(page, work, shot, tell):
    "Look at what was found, and take it along"
    tab(page, 'Figures')
    page.locator('img.bd-picture-figure, .bd-picture-figure img').first.wait_for()
    before = source_of(page, 'figure')
    page.locator('.bd-figure select').select_option('Layer epoch heatmap')
    page.wait_for_function("before => document.querySelector('img.bd-picture-figure, .bd-picture-figure img').src !== before", arg=before)
    shot('6-figures')
    tab(page, 'Tokens')
    expect(page.locator('.bd-tokens')).to_contain_text('Passage 0, epoch 0')
    page.locator('.bd-epoch select').select_option('60')
    page.locator('.bd-passage select').select_option('7, novel')
    expect(page.locator('.bd-tokens')).to_contain_text('Passage 7, epoch 60')
    shot('7-tokens')
    tab(page, 'Onset')
    expect(page.locator('.bd-onset tbody tr')).to_have_count(6)
    shot('8-onset')
    tab(page, 'Report')
    expect(page.locator('.bd-report')).to_contain_text('Verdict')
    page.locator('button.bd-zip').click()
    with page.expect_download() as d: page.locator('a.bd-zip').click()
    d.value.save_as(work/'got.zip')
    names = zipfile.ZipFile(work/'got.zip').namelist()
    assert {'ui_run/summary_report.txt','ui_run/training_dynamics_results.pkl','ui_run/figures/memorization_rate.png'} <= set(names), names
    tell('downloaded')
    shot('9-report')

def end(process):
    "End the server and its kernels"
    os.killpg(process.pid, signal.SIGINT)
    try: process.wait(10)
    except subprocess.TimeoutExpired: os.killpg(process.pid, signal.SIGKILL)

def browser():
    "A Chromium that is here, else Playwright's own"
    names = [os.environ.get('CHROMIUM'), *map(shutil.which, ('chromium','google-chrome','chromium-browser'))]
    return next(filter(None, names), None)

def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--shots', help='folder for screenshots')
    shots,began = p.parse_args().shots,time.time()
    tell = lambda s: print(f'{time.time()-began:6.1f} s  {s}', flush=True)
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        server,url = serve(work)
        tell('JupyterLab answers')
        try:
            with sync_playwright() as pw:
                chromium = pw.chromium.launch(executable_path=browser(), args=flags)
                page,errors = chromium.new_page(viewport=dict(width=1366, height=2200 if shots else 768)),[]
                page.set_default_timeout(30_000)
                page.on('pageerror', lambda e: errors.append(str(e)))
                shot = lambda name: shots and page.screenshot(path=Path(shots)/f'{name}.png')
                try: drive(page, url, work, shot, tell)
                except Exception:
                    page.screenshot(path=Path(shots or '.')/'ui_test_failed.png')
                    print((work/'server.log').read_text()[-3000:])
                    raise
                finally: chromium.close()
                if errors: print('errors of the page:', *errors[:3], sep='\n')
        finally: end(server)
    tell('ok')

if __name__ == '__main__': main()
