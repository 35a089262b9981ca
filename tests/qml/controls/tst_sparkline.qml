// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource.Controls
import QtQuick
import QtTest

Rectangle {
    width: 200
    height: 100
    color: "white"

    Component {
        id: lineComponent

        Sparkline {
            width: 100
            height: 50
            color: "#ff0000"
            fillColor: "transparent"
            lineWidth: 3
        }
    }

    TestCase {
        id: testCase

        // Where a column of the picture is red: the mean row, or -1.
        function redRow(line, x) {
            const image = grabImage(line);
            let sum = 0;
            let number = 0;
            for (let y = 0; y < image.height; ++y) {
                if (image.red(x, y) > 200 && image.green(x, y) < 100) {
                    sum += y;
                    ++number;
                }
            }
            return number > 0 ? sum / number : -1;
        }

        function make(properties) {
            return createTemporaryObject(lineComponent, testCase.parent, properties);
        }

        name: "Sparkline"
        when: windowShown

        function test_keepsTheLastValues() {
            const line = make({ capacity: 5 });
            compare(line.count, 0);
            verify(isNaN(line.lastValue));
            for (let i = 1; i <= 1000; ++i)
                line.append(i);
            compare(line.count, 5);
            compare(line.values(), [996, 997, 998, 999, 1000]);
            compare(line.lastValue, 1000);
            line.capacity = 3;
            compare(line.values(), [998, 999, 1000]);
            line.clear();
            compare(line.count, 0);
            compare(line.values(), []);
        }

        function test_drawsTheCourse() {
            const line = make({ capacity: 11, minimum: 0, maximum: 100 });
            for (let i = 0; i <= 10; ++i)
                line.append(i * 10);
            tryVerify(() => redRow(line, 50) >= 0);
            const left = redRow(line, 10);
            const middle = redRow(line, 50);
            const right = redRow(line, 90);
            verify(left > 38 && left < 50, "left: " + left);
            verify(middle > 22 && middle < 28, "middle: " + middle);
            verify(right >= 0 && right < 12, "right: " + right);
        }

        function test_beginsAtTheRight() {
            const line = make({ capacity: 11, minimum: 0, maximum: 100 });
            line.append(50);
            line.append(50);
            tryVerify(() => redRow(line, 95) >= 0);
            compare(redRow(line, 50), -1);
        }

        function test_drawsEqualValuesInTheMiddle() {
            const line = make({ capacity: 3 });
            for (let i = 0; i < 3; ++i)
                line.append(7);
            tryVerify(() => redRow(line, 50) >= 0);
            fuzzyCompare(redRow(line, 50), 25, 2);
        }

        function test_scalesToWhatItShows() {
            const line = make({ capacity: 3 });
            for (const value of [-1000, 0, 1000])
                line.append(value);
            tryVerify(() => redRow(line, 50) >= 0);
            fuzzyCompare(redRow(line, 50), 25, 2);
            verify(redRow(line, 97) < 8);
        }

        function test_leavesGaps_data() {
            return [
                { tag: "undefined", value: undefined }, { tag: "null", value: null },
                { tag: "text", value: "12" }, { tag: "infinity", value: Infinity },
                { tag: "NaN", value: NaN }
            ];
        }

        function test_leavesGaps(data) {
            const line = make({ capacity: 5, minimum: 0, maximum: 100 });
            for (const value of [50, 50, data.value, 50, 50])
                line.append(value);
            tryVerify(() => redRow(line, 10) >= 0);
            verify(redRow(line, 90) >= 0);
            compare(redRow(line, 50), -1);
            compare(line.count, 5);
        }

        function test_staysInsideItsBounds() {
            const line = make({ capacity: 2, minimum: 0, maximum: 10 });
            line.append(1e9);
            line.append(1e9);
            tryVerify(() => redRow(line, 50) >= 0);
            verify(redRow(line, 50) < 5);
        }

        function test_survivesOddSizes() {
            const line = make({ width: 0, height: 0, capacity: 0 });
            line.append(1);
            line.append(2);
            compare(line.count, 0);
            line.capacity = -3;
            compare(line.values(), []);
            line.width = 10;
            line.height = 1;
            line.capacity = 4;
            line.append(3);
            waitForRendering(line);
            compare(line.lastValue, 3);
        }

        function test_isAccessible() {
            const line = make();
            compare(line.Accessible.role, Accessible.Chart);
            line.append(4.5);
            compare(line.Accessible.description, "The last value is 4.5");
        }
    }
}
