"""Sets posters in a process of its own, so that a web process never carries fonts and typesetter.

Reads a JSON list from standard input and writes a PDF; the argument is the folder of the template.
"""

import sys
from pathlib import Path


def main() -> None:
    import typst

    here = Path(sys.argv[1])
    fonts = typst.Fonts(include_system_fonts=sys.argv[2] == "system", font_paths=[str(here / "fonts")])
    compiler = typst.Compiler(str(here / "poster.typ"), root=str(here), font_paths=fonts)
    asked = {"posters": sys.stdin.buffer.read().decode()}
    sys.stdout.buffer.write(compiler.compile(format="pdf", sys_inputs=asked))


if __name__ == "__main__":
    main()
