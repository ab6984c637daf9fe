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
        caption: "Header: help is offered; a visit ends"

        Column {
            x: -Theme.margin
            spacing: Theme.gap

            Header {
                width: Theme.pageWidth
                height: implicitHeight
                shell: sheet.model.offered
            }
            Header {
                width: Theme.pageWidth
                height: implicitHeight
                shell: sheet.model.ends
            }
        }
    }
    Specimen {
        caption: "BesideBar: a guide was told; nobody could be"

        Column {
            x: -Theme.margin
            spacing: Theme.gap

            BesideBar {
                width: Theme.pageWidth
                shell: sheet.model.told
            }
            BesideBar {
                width: Theme.pageWidth
                shell: sheet.model.not_told
            }
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
        caption: "Footer: help is offered"

        Footer {
            x: -Theme.margin
            width: Theme.pageWidth
            height: implicitHeight
            shell: sheet.model.offered
        }
    }
    Specimen {
        caption: "Cover"

        Cover {
            x: -Theme.margin
            width: Theme.pageWidth
            height: Theme.pageHeight / 2
            shell: sheet.model.shell
        }
    }
    Specimen {
        caption: "IdleWarning"

        IdleWarning {
            x: -Theme.margin
            width: Theme.pageWidth
            height: Theme.pageHeight / 2
            counting: false
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
