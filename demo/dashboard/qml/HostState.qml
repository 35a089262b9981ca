// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// What the dashboard knows of one host. The sample signal comes with every new set of figures.
QtObject {
    required property string name
    property string service
    property real cpu: NaN
    property real memory: NaN
    property real requests: NaN

    signal sample

    function take(metrics) {
        service = metrics.service;
        cpu = metrics.cpu;
        memory = metrics.memory;
        requests = metrics.requests;
        sample();
    }
}
