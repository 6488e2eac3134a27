"What is imported when: a command's --help stays quick and results are read without torch. By what is loaded, not by the clock."
import subprocess, sys, time

COMMAND = "import sys; from basin_dynamics.{module} import {name}; sys.argv = ['{name}', '--help']\ntry: {name}()\nexcept SystemExit: pass"
CASES = {
    'import basin_dynamics': ('import basin_dynamics', 'torch transformers datasets pandas numpy scipy matplotlib'),
    'run_training_dynamics --help': (COMMAND.format(module='experiment', name='run_training_dynamics'), 'torch transformers datasets pandas scipy matplotlib'),
    'visualize_training_dynamics --help': (COMMAND.format(module='experiment', name='visualize_training_dynamics'), 'torch transformers datasets pandas scipy matplotlib'),
    'analysing results': ("from basin_dynamics.analyze import generate_summary_report, simulate_results\ngenerate_summary_report(simulate_results('u'))", 'torch transformers datasets matplotlib'),
}

def main():
    failed = False
    for name, (code, unwanted) in CASES.items():
        since = time.perf_counter()
        done = subprocess.run([sys.executable, '-c', f'{code}\nimport sys\nprint("LOADED", *(o for o in {unwanted.split()} if o in sys.modules))'], capture_output=True, text=True)
        loaded = next((o.split()[1:] for o in done.stdout.splitlines() if o.startswith('LOADED')), None)
        print(f"{name}: {'failed' if loaded is None else 'also loads ' + ', '.join(loaded) if loaded else 'nothing more than it needs'} ({time.perf_counter()-since:.2f} s)")
        if loaded is None: print(done.stderr, file=sys.stderr)
        failed |= loaded is None or bool(loaded)
    return failed

if __name__ == '__main__': sys.exit(main())
