import QtQuick
import Hall.Models
import "../parts"

// The shelves of one kind, or what stands on one of them.
Page {
    id: screen

    required property ShelvesModel model

    title: model.title

    FindButton {
        width: parent.width
        visible: screen.model.long
        text: qsTr("找事项")
        hint: qsTr("这一类事情很多，说出来更快找到")
        onClicked: screen.model.find()
    }
    Choices {
        width: parent.width
        rows: screen.model.rows
        onChosen: value => screen.model.choose(value)
    }
}
