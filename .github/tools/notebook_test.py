"""The experiment notebook from top to bottom without a click, as papermill runs it; then once more, over the run it finds, as if in Colab: python .github/tools/notebook_test.py"""
import json, os, tempfile, time
from pathlib import Path
import nbformat
from nbclient import NotebookClient

root = Path(__file__).resolve().parents[2]
notebook = root/'nbs'/'training_dynamics_experiment.ipynb'

stand_in = '''import json, os
class _Recorder:
    def __init__(self, kind): self.kind = kind
    def __getattr__(self, name):
        def call(*args):
            with open(os.environ['COLAB_CALLS'], 'a') as f: f.write(json.dumps([self.kind, name, *args]) + chr(10))
        return call
files,drive = _Recorder('files'),_Recorder('drive')
'''
clicks = '''app.zip.click()
app.drive.value = True
print(app.boxes['output_dir'].value)'''

def as_colab(work):
    "A kernel that has `google.colab` loaded, which writes down what is asked of it"
    package,startup = work/'stand_in'/'google'/'colab',work/'ipython'/'profile_default'/'startup'
    for o in (package, startup): o.mkdir(parents=True)
    (package/'__init__.py').write_text(stand_in)
    (startup/'00_colab.py').write_text('import google.colab\n')
    return dict(PYTHONPATH=os.pathsep.join([str(work/'stand_in'), os.environ['PYTHONPATH']]), IPYTHONDIR=str(work/'ipython'), COLAB_CALLS=str(work/'calls'))

def execute(home, *more, **env):
    "Run all cells, and further ones; the notebook with its outputs, and seconds"
    nb,began = nbformat.read(notebook, 4),time.time()
    nb.cells += [nbformat.v4.new_code_cell(o) for o in more]
    os.environ |= env                                                           # the kernel inherits it
    NotebookClient(nb, timeout=1200, kernel_name='python3', resources=dict(metadata=dict(path=str(home)))).execute()
    return nb, time.time()-began

def main():
    os.environ |= dict(PYTHONPATH=os.pathsep.join(filter(None, [str(root), os.environ.get('PYTHONPATH')])), HF_HUB_OFFLINE='1')
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        home = work/'home'
        home.mkdir()
        nb,seconds = execute(home)
        pictures = sum('image/png' in o.get('data', {}) for c in nb.cells for o in c.get('outputs', ()))
        assert pictures >= 5 and (home/'dynamics_demo'/'summary_report.txt').exists(), pictures
        print(f'from top to bottom in {seconds:.0f} s, with {pictures} figures', flush=True)
        nb,seconds = execute(home, clicks, **as_colab(work))
        calls = [json.loads(o) for o in (work/'calls').read_text().splitlines()]
        assert calls == [['files','download',str(home/'dynamics_demo.zip')], ['drive','mount','/content/drive']], calls
        assert nb.cells[-1].outputs[0].text.strip() == '/content/drive/MyDrive/dynamics_demo'
        print(f'again, as in Colab, over the run that is there, in {seconds:.0f} s: {calls}')

if __name__ == '__main__': main()
