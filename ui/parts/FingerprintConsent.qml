import QtQuick

// What is done with a person's fingerprint: agreed to by the button of that way only.
Passage {
    heading: qsTr("比对指纹，需要您单独同意")
    text: qsTr("您的指纹，只在这台机器上与身份证芯片里登记的指纹比对。不保存、不上传，比对完就清除。不同意，请选其他方式，一样可以办理。")
}
