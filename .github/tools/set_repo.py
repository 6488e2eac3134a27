"""Write the repository's address, branch and version from settings.ini into everything that names them.

    python .github/tools/set_repo.py            write, then export the notebooks and README.md
    python .github/tools/set_repo.py --check    list what differs, and exit 1

`user`, `repo`, `branch` and `version` of settings.ini are the one source. An address in a tracked file is ours where its repository is called
like ours, now or when it was last written (CITATION.cff remembers), whoever its owner.
"""
import configparser, os, re, subprocess, sys
from pathlib import Path

SOURCES = {'.md', '.ipynb', '.qmd', '.yml', '.yaml', '.cff', '.ini', '.py', '.toml', ''}

def settings(root):
    cfg = configparser.ConfigParser(delimiters=['='])
    cfg.read(root/'settings.ini', encoding='utf-8')
    return cfg['DEFAULT']

def names(cfg, citation):
    "What our repository is or was called"
    last = re.search(r'^repository-code:.*?/([\w.-]+?)"?\s*$', citation, re.M)
    return {cfg['repo'], cfg['lib_name'], cfg['lib_path'], *([last.group(1)] if last else [])}

def rewritten(text, cfg, ours):
    "`text` with every address of ours as settings.ini has it"
    user, repo, branch = cfg['user'], cfg['repo'], cfg['branch']
    name = '(?:' + '|'.join(sorted(map(re.escape, ours), key=len, reverse=True)) + r')(?![\w-])'
    text = re.sub(rf'((?:github\.com[/:]|githubusercontent\.com/|colab\.research\.google\.com/github/))[\w-]+/{name}(/(?:blob|tree|raw)/)[\w.-]+',
                  lambda m: f'{m[1]}{user}/{repo}{m[2]}{branch}', text)
    text = re.sub(rf'(github\.com[/:]|githubusercontent\.com/|colab\.research\.google\.com/github/)[\w-]+/{name}', lambda m: f'{m[1]}{user}/{repo}', text)
    return re.sub(rf'[\w-]+\.github\.io/{name}', f'{user}.github.io/{repo}', text)

def versioned(text, cfg):
    "The citation's version, in CITATION.cff and in bibtex"
    text = re.sub(r'^version: .*$', f"version: {cfg['version']}", text, flags=re.M)
    return re.sub(r'(version\s*=\s*\{)[\w.]+(\})', lambda m: f"{m[1]}{cfg['version']}{m[2]}", text)

def wanted(root):
    "(path, text as it is, text as it should be) of each tracked source that names the address or the version"
    cfg = settings(root)
    ours = names(cfg, (root/'CITATION.cff').read_text(encoding='utf-8'))
    for line in subprocess.run(['git', 'ls-files', '-z'], cwd=root, capture_output=True, text=True, check=True).stdout.split('\0'):
        path = root/line
        if not line or path.suffix not in SOURCES or path.is_symlink() or not path.is_file() or line == '.github/tools/test_tools.py': continue
        old = path.read_text(encoding='utf-8')
        new = rewritten(old, cfg, ours)
        if line in ('CITATION.cff', 'nbs/index.ipynb'): new = versioned(new, cfg)
        yield line, old, new

def main(root, check):
    different = [(line, new) for line, old, new in wanted(root) if new != old]
    if check:
        for line, _ in different: print(f'{line} differs from settings.ini', file=sys.stderr)
        if different: print('Run python .github/tools/set_repo.py', file=sys.stderr)
        return bool(different)
    for line, new in different:
        (root/line).write_text(new, encoding='utf-8')
        print(f'written: {line}')
    env = dict(os.environ, PATH=os.pathsep.join([str(root/'.github/tools'), str(Path(sys.executable).parent), os.environ['PATH']]))
    for command in ('nbdev_export', 'nbdev_readme'): subprocess.run([command], cwd=root, env=env, check=True, stdout=subprocess.DEVNULL)
    return False

if __name__ == '__main__': sys.exit(main(Path(__file__).parents[2], '--check' in sys.argv[1:]))
