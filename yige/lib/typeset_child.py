"""Sets a document in a process of its own, so that a web process never carries fonts and typesetter.

Reads JSON from standard input and writes a PDF; the arguments are the template, the folder of fonts and which to use.
"""

import sys
from pathlib import Path


def main() -> None:
    import typst

    template, own_fonts, which = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    fonts = typst.Fonts(include_system_fonts=which == "system", font_paths=[own_fonts])
    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=fonts)
    asked = {"told": sys.stdin.buffer.read().decode()}
    sys.stdout.buffer.write(compiler.compile(format="pdf", sys_inputs=asked))


if __name__ == "__main__":
    main()
