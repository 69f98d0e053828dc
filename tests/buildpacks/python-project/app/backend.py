"""A build backend (PEP 660) that needs nothing: it puts src/ on the path."""
import os
import zipfile


def build_editable(directory, config_settings=None, metadata_directory=None):
    name = "case-1-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w") as wheel:
        wheel.writestr("case.pth", os.path.abspath("src") + "\n")
        wheel.writestr("case-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: case\nVersion: 1\n")
        wheel.writestr("case-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("case-1.dist-info/entry_points.txt", "[console_scripts]\ncase-server = case:main\n")
        wheel.writestr("case-1.dist-info/RECORD", "")
    return name
