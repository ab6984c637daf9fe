import QtQuick
import ".."
import "../parts"

Sheet {
    id: sheet

    Specimen {
        caption: "Header"

        Header {
            x: -Theme.margin
            width: Theme.pageWidth
            height: implicitHeight
            shell: sheet.model.shell
        }
    }
    Specimen {
        caption: "Footer"

        Footer {
            x: -Theme.margin
            width: Theme.pageWidth
            height: implicitHeight
            shell: sheet.model.shell
        }
    }
    Specimen {
        caption: "IdleWarning"

        IdleWarning {
            x: -Theme.margin
            width: Theme.pageWidth
            height: Theme.pageHeight / 2
            shell: sheet.model.shell
        }
    }
    Specimen {
        caption: "Attract: nobody is here"

        Attract {
            x: -Theme.margin
            width: Theme.pageWidth
            height: Theme.pageHeight * 0.75
            shell: sheet.model.shell
        }
    }
}
