pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Bench.Models

// The bench: people on the left, the hall's machinery in the middle, paper on the right.
Window {
    id: window

    required property BenchModel model

    color: Tone.desk
    title: "大厅 · Bench"

    Flickable {
        id: hall

        readonly property real deep: Math.max(height, people.implicitHeight, machinery.implicitHeight)

        anchors.fill: parent
        anchors.margins: 12
        anchors.bottomMargin: foot.height + 8
        contentHeight: deep
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: people

            width: 404
            spacing: 12

            Group {
                width: parent.width
                zh: "人"
                en: "People"

                Grid {
                    width: parent.width
                    columns: 2
                    spacing: 6

                    Repeater {
                        model: window.model.people

                        PersonCard {
                            required property PersonRow modelData

                            width: 185
                            person: modelData
                            chosen: window.model.selected === modelData.role
                            onClicked: window.model.select(modelData.role)
                        }
                    }
                }
                Grid {
                    columns: 2
                    spacing: 6

                    Deed {
                        width: 185
                        zh: "放上证件"
                        en: "lay card on reader"
                        onClicked: window.model.lay_card()
                    }
                    Deed {
                        width: 185
                        zh: "站到镜头前"
                        en: "show face to camera"
                        onClicked: window.model.show_face()
                    }
                    Deed {
                        width: 185
                        zh: "读到一半拿走"
                        en: "pull card away mid-read"
                        onClicked: window.model.pull_mid_read()
                    }
                    Deed {
                        width: 185
                        zh: "举起证件照"
                        en: "hold up a flat photo"
                        onClicked: window.model.hold_up_photo()
                    }
                    Deed {
                        width: 185
                        zh: "拿走证件"
                        en: "take card"
                        enabled: window.model.on_reader !== ""
                        onClicked: window.model.take_card()
                    }
                    Row {
                        spacing: 6

                        Deed {
                            width: 90
                            zh: "换成别人"
                            en: "somebody else"
                            onClicked: window.model.somebody_else()
                        }
                        Deed {
                            width: 89
                            zh: "走开"
                            en: "nobody"
                            onClicked: window.model.nobody()
                        }
                    }
                }
                Reading {
                    width: parent.width
                    zh: "读卡器上"
                    en: "on the reader"
                    value: window.model.on_reader || "—"
                }
                Reading {
                    width: parent.width
                    zh: "镜头前"
                    en: "before the camera"
                    value: window.model.before_camera || "—"
                }
            }
            Group {
                width: parent.width
                zh: "设备"
                en: "Devices"

                Plug {
                    width: parent.width
                    zh: "读卡器"
                    en: "reader"
                    device: "reader"
                    unplugged: window.model.reader_unplugged
                    seen: window.model.reader_seen
                    onAsked: deed => window.model.do_deed(deed)
                }
                Plug {
                    width: parent.width
                    zh: "摄像头"
                    en: "camera"
                    device: "camera"
                    unplugged: window.model.camera_unplugged
                    seen: window.model.camera_seen
                    onAsked: deed => window.model.do_deed(deed)
                }
                Plug {
                    width: parent.width
                    zh: "打印机"
                    en: "printer"
                    device: "printer"
                    unplugged: window.model.printer_unplugged
                    seen: window.model.printer_seen
                    onAsked: deed => window.model.do_deed(deed)
                }
                Row {
                    spacing: 6

                    Deed {
                        width: 89
                        zh: window.model.cover_open ? "合上盖子" : "打开盖子"
                        en: window.model.cover_open ? "close cover" : "open cover"
                        breaks: true
                        on: window.model.cover_open
                        onClicked: window.model.do_deed(window.model.cover_open ? "printer cover_closed" : "printer cover_open")
                    }
                    Deed {
                        width: 89
                        zh: "纸用完"
                        en: "paper out"
                        breaks: true
                        on: window.model.paper === "out"
                        onClicked: window.model.do_deed("printer paper_out")
                    }
                    Deed {
                        width: 89
                        zh: "纸快完"
                        en: "near end"
                        breaks: true
                        on: window.model.paper === "near_end"
                        onClicked: window.model.do_deed("printer near_end")
                    }
                    Deed {
                        width: 89
                        zh: "换新纸"
                        en: "refill"
                        enabled: window.model.paper !== "full"
                        onClicked: window.model.do_deed("printer refill")
                    }
                }
            }
        }
        Column {
            id: machinery

            x: people.width + 12
            width: 274
            spacing: 12

            Group {
                width: parent.width
                zh: "网络"
                en: "Network"

                Row {
                    spacing: 6

                    Deed {
                        width: 120
                        zh: window.model.network_cut ? "接通网络" : "切断网络"
                        en: window.model.network_cut ? "heal" : "cut"
                        breaks: true
                        on: window.model.network_cut
                        onClicked: window.model.do_deed(window.model.network_cut ? "network heal" : "network cut")
                    }
                    Deed {
                        width: 120
                        zh: "丢一次回执"
                        en: "lose next answer"
                        breaks: true
                        onClicked: window.model.do_deed("network lose_next_answer")
                    }
                }
                Reading {
                    width: parent.width
                    zh: "终端认为"
                    en: "terminal says"
                    value: window.model.reach
                    alarm: window.model.network_cut
                }
            }
            Group {
                width: parent.width
                zh: "终端"
                en: "Terminal"

                Reading {
                    width: parent.width
                    zh: "画面"
                    en: "screen"
                    value: window.model.step
                }
                Reading {
                    width: parent.width
                    zh: "会话"
                    en: "session"
                    value: window.model.session
                }
                Reading {
                    width: parent.width
                    zh: "备用会话"
                    en: "standby"
                    value: window.model.standby
                }
                Reading {
                    width: parent.width
                    zh: "待提交"
                    en: "kept in queue"
                    value: window.model.kept
                }
                Reading {
                    width: parent.width
                    zh: "工作人员"
                    en: "guide, PIN"
                    value: window.model.guide
                }
                Deed {
                    width: parent.width
                    zh: "杀死这个会话"
                    en: "kill this session"
                    grave: true
                    enabled: window.model.running
                    onClicked: window.model.kill_session()
                }
            }
            Group {
                width: parent.width
                zh: "平台"
                en: "Platform"

                Reading {
                    width: parent.width
                    zh: "已收件"
                    en: "received"
                    value: window.model.received
                }
                Says {
                    width: parent.width
                    text: qsTr("最新申报号 last filing no.")
                    font.pixelSize: 12
                    color: Tone.quiet
                }
                Says {
                    width: parent.width
                    text: window.model.last_filing_no
                    font.weight: Font.Medium
                    color: Tone.accent
                }
                Deed {
                    width: parent.width
                    zh: "解密看最新一份"
                    en: "decrypt the newest"
                    enabled: window.model.received > 0
                    onClicked: window.model.show_form()
                }
            }
        }
        Group {
            x: machinery.x + machinery.width + 12
            width: parent.width - x
            height: hall.deep
            zh: "凭条"
            en: "Slip"

            Says {
                width: parent.width
                text: window.model.slip_count > 0 ? qsTr("第 %1 张  no. %1").arg(window.model.slip_count) : qsTr("还没有打印  none yet")
                font.pixelSize: 12
                color: Tone.quiet
            }
            Rectangle {
                width: parent.width
                height: 1
                color: Tone.rule
                visible: window.model.slip_count > 0
            }
            Image {
                width: parent.width
                height: hall.deep - 110
                fillMode: Image.PreserveAspectFit
                verticalAlignment: Image.AlignTop
                source: window.model.slip
                visible: source.toString() !== ""
                sourceSize: Qt.size(Math.round(width), Math.round(height))
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("凭条")
            }
        }
    }
    Rectangle {
        // More lies below: a desk need not be tall.
        anchors.right: parent.right
        anchors.rightMargin: 3
        y: hall.y + hall.visibleArea.yPosition * hall.height
        width: 5
        height: hall.visibleArea.heightRatio * hall.height
        radius: 2
        color: Tone.off
        visible: hall.visibleArea.heightRatio < 1
    }
    Rectangle {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        height: 36
        color: Tone.accent

        Says {
            anchors.verticalCenter: parent.verticalCenter
            x: 24
            width: parent.width - 48
            text: window.model.said
            color: "white"
        }
    }
    Rectangle {
        anchors.fill: parent
        visible: window.model.form.length > 0
        color: "#99101A22"

        TapHandler {}
        Group {
            anchors.centerIn: parent
            width: 560
            zh: "平台解密的最新一份"
            en: "as the platform decrypts it; invented people only"

            Repeater {
                model: window.model.form

                Item {
                    id: line

                    required property FieldRow modelData

                    width: parent?.width ?? 0
                    implicitHeight: Math.max(22, value.implicitHeight)

                    Says {
                        width: 150
                        text: line.modelData.label
                        color: Tone.quiet
                    }
                    Says {
                        id: value

                        x: 160
                        width: parent.width - x
                        text: line.modelData.value
                        wrapMode: Text.Wrap
                    }
                }
            }
            Deed {
                width: parent.width
                zh: "收起"
                en: "hide again"
                onClicked: window.model.hide_form()
            }
        }
    }
}
