// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "buildlog.h"

#include <iterator>

namespace {
// A job is always as many lines long. Each step has its first line in it.
constexpr quint64 linesOfJob = 400;
constexpr quint64 configure = 8;
constexpr quint64 compile = 40;
constexpr quint64 test = 300;
constexpr quint64 package = 380;
constexpr quint64 end = 399;

constexpr const char *platforms[] = {"linux-gcc", "linux-clang", "windows-msvc", "macos-arm64",
                                     "android-arm64"};
constexpr const char *modules[] = {"core", "network", "parser", "model", "storage", "ui"};
constexpr const char *files[] = {"client",   "session", "decoder", "request", "scheduler", "cache",
                                 "registry", "window",  "history", "policy",  "reader"};
constexpr const char *checks[] = {
        "Looking for pthread.h - found",
        "Performing Test HAVE_STD_FROM_CHARS - Success",
        "Found ZLIB: /usr/lib/libz.so (found version \"1.2.13\")",
        "Found Qt6Core (6.4.2)",
        "Could NOT find WrapVulkanHeaders (missing: Vulkan_INCLUDE_DIR)",
        "Detecting CXX compile features - done",
};
constexpr struct
{
    const char *text;
    const char *option;
} warnings[] = {
        {"unused variable 'previous'", "-Wunused-variable"},
        {"comparison of integers of different signs: 'int' and 'std::vector<int>::size_type'",
         "-Wsign-compare"},
        {"'void Session::setUser(const QString &)' is deprecated: use \"setAccount\"",
         "-Wdeprecated-declarations"},
        {"implicit conversion from 'double' to 'float' may lose precision", "-Wfloat-conversion"},
};
constexpr const char *failures[] = {
        R"(Compared values are not the same: actual "<b>3</b>", expected "<b>4</b>")",
        "'reply->isFinished()' returned FALSE after 5000 ms",
        "Received a fatal error: Segmentation fault (core dumped)",
};

template <size_t size>
QByteArray pick(const char *const (&from)[size], quint64 number)
{
    return from[number % size];
}

QByteArray quoted(QByteArray text)
{
    if (text.contains('\\'))
        text.replace('\\', "\\\\");
    if (text.contains('"'))
        text.replace('"', "\\\"");
    return '"' + text + '"';
}

QByteArray seconds(quint64 milliseconds)
{
    return QByteArray::number(double(milliseconds) / 1000, 'f', 2);
}
} // namespace

// Mixes the bits of the number (SplitMix64).
quint64 BuildLog::random(quint64 number, quint64 bound) const
{
    quint64 bits = (number + m_seed) * 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return (bits ^ (bits >> 31)) % bound;
}

BuildLog::Line BuildLog::line(quint64 number, qint64 time) const
{
    const quint64 job = (number - 1) / linesOfJob;
    const quint64 position = (number - 1) % linesOfJob;
    const bool fails = random(job, 5) == 0;
    const bool isWindows = pick(platforms, job) == "windows-msvc";

    const QByteArray step = position < configure ? "Check out"
            : position < compile                 ? "Configure"
            : position < test                    ? "Compile"
            : position < package                 ? "Test"
                                                 : "Package";
    QByteArray type = "line";
    QByteArray level = "info";
    QByteArray text;
    QByteArray details;

    if (position == end) {
        const QByteArray duration = seconds(linesOfJob * 50 + random(number, 4000)) + " s";
        type = fails ? "error" : "step";
        text = fails ? "Job failed after " + duration + ": some tests did not pass"
                     : "Job succeeded after " + duration;
    } else if (position == 0 || position == configure || position == compile || position == test
               || position == package) {
        type = "step";
        text = "Step: " + step;
    } else if (position < configure) {
        level = "debug";
        text = "remote: Counting objects: " + QByteArray::number(position * 100 / (configure - 1))
                + "% (" + QByteArray::number(position * 212) + "/1484)";
    } else if (position < compile) {
        text = "-- " + pick(checks, random(number, std::size(checks)));
    } else if (position < test) {
        QByteArray path = "src/" + pick(modules, random(number, std::size(modules))) + '/'
                + pick(files, random(number * 3, std::size(files))) + ".cpp";
        if (isWindows)
            path = "D:\\a\\" + path.replace('/', '\\');
        details = ",\"file\":" + quoted(path);
        if (random(number, 30) == 0) {
            const auto &warning = warnings[random(number * 5, std::size(warnings))];
            const QByteArray row = QByteArray::number(20 + random(number * 7, 400));
            type = "warning";
            details += ",\"line\":" + row + ",\"option\":" + quoted(warning.option);
            text = path + ':' + row + ": warning: " + warning.text + " [" + warning.option + ']';
        } else {
            text = '[' + QByteArray::number(position - compile) + '/'
                    + QByteArray::number(test - compile - 1) + "] Building CXX object " + path
                    + ".o";
        }
    } else if (position < package) {
        const QByteArray name = "tst_" + pick(modules, random(number, std::size(modules))) + '_'
                + pick(files, random(number * 3, std::size(files)));
        const QByteArray duration = seconds(10 + random(number, 900));
        const bool testFails = fails && (position == test + 40 || random(number, 40) == 0);
        details = ",\"test\":" + quoted(name) + ",\"passed\":" + (testFails ? "false" : "true")
                + ",\"seconds\":" + duration;
        text = QByteArray::number(position - test) + '/' + QByteArray::number(package - test - 1)
                + " Test " + name;
        if (testFails) {
            type = "error";
            text += " failed: " + pick(failures, random(number * 5, std::size(failures)));
        } else {
            text += " passed, " + duration + " s";
        }
    } else {
        text = "Installing: /usr/lib/cmake/App/" + pick(files, position) + ".cmake";
    }
    if (type == "warning" || type == "error")
        level = type;

    return {type,
            "{\"time\":" + QByteArray::number(time) + ",\"level\":" + quoted(level)
                    + ",\"job\":" + quoted(pick(platforms, job) + '-' + QByteArray::number(job + 1))
                    + ",\"step\":" + quoted(step) + ",\"text\":" + quoted(text) + details + '}'};
}
