// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// What the dashboard knows about one host. It emits sample() with every new set of numbers.
QtObject {
    required property string name
    property string service
    property real cpu: NaN
    property real memory: NaN
    property real requests: NaN
    property double time: 0 // of the numbers, in milliseconds since the epoch

    signal sample

    function take(metrics) {
        service = metrics.service;
        cpu = metrics.cpu;
        memory = metrics.memory;
        requests = metrics.requests;
        time = metrics.time;
        sample();
    }
}
