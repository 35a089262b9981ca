// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "herd.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qfile.h>
#include <QtCore/qstring.h>

#include <algorithm>
#include <cstdio>

// Draws the arrivals of 100,000 clients whose server dies at 0 s and is back after 20 s.

namespace {

constexpr int shownSeconds = 60;
constexpr int downFor = 20;
constexpr int width = 860;
constexpr int panelHeight = 190;
constexpr int left = 80;
constexpr int right = 20;
constexpr int top = 58;
constexpr int gap = 60;

struct Panel
{
    const char *title;
    Herd herd;
};

double x(double second)
{
    return left + (width - left - right) * second / shownSeconds;
}

QByteArray label(double atX, double atY, const char *anchor, const QByteArray &text,
                 const char *style = "")
{
    return QByteArray("<text x=\"") + QByteArray::number(atX, 'f', 1) + "\" y=\""
            + QByteArray::number(atY, 'f', 1) + "\" text-anchor=\"" + anchor + "\" " + style + ">"
            + text + "</text>\n";
}

QByteArray line(double x1, double y1, double x2, double y2, const char *style)
{
    return QByteArray("<path d=\"M") + QByteArray::number(x1, 'f', 1) + ' '
            + QByteArray::number(y1, 'f', 1) + 'L' + QByteArray::number(x2, 'f', 1) + ' '
            + QByteArray::number(y2, 'f', 1) + "\" " + style + "/>\n";
}

QByteArray thousands(int number)
{
    return number >= 1000 ? QByteArray::number(number / 1000) + ",000" : QByteArray::number(number);
}

QByteArray draw(const Panel &panel, const HerdResult &result, int panelTop)
{
    // Arrivals in each whole second.
    std::vector<int> perSecond(shownSeconds);
    for (size_t bin = 0; bin < result.arrivals.size(); ++bin) {
        if (bin / 10 < perSecond.size())
            perSecond[bin / 10] += result.arrivals[bin];
    }
    const double bound = 2 * result.evenSpread;
    const int peak = std::max(*std::max_element(perSecond.begin(), perSecond.end()), 1);
    const int step = peak > 50000 ? 25000 : 5000;
    const int ceiling = (peak / step + 1) * step;
    const int bottom = panelTop + panelHeight;
    const auto y = [&](double value) { return bottom - panelHeight * value / ceiling; };

    QByteArray svg = label(left, panelTop - 12, "start", panel.title, "font-weight=\"bold\"");
    svg += "<rect x=\"" + QByteArray::number(x(0), 'f', 1) + "\" y=\""
            + QByteArray::number(panelTop) + "\" width=\""
            + QByteArray::number(x(downFor) - x(0), 'f', 1) + "\" height=\""
            + QByteArray::number(panelHeight) + "\" fill=\"#f3e3e3\"/>\n";
    for (int value = 0; value <= ceiling; value += step) {
        svg += line(left, y(value), width - right, y(value), "stroke=\"#d8d8d8\"");
        svg += label(left - 8, y(value) + 4, "end", thousands(value));
    }
    for (int second = 0; second < shownSeconds; ++second) {
        const int count = perSecond[size_t(second)];
        svg += "<rect x=\"" + QByteArray::number(x(second) + 1, 'f', 1) + "\" y=\""
                + QByteArray::number(y(count), 'f', 1) + "\" width=\""
                + QByteArray::number(x(1) - x(0) - 2, 'f', 1) + "\" height=\""
                + QByteArray::number(bottom - y(count), 'f', 1) + "\" fill=\""
                + (second < downFor ? "#b8576b" : "#2f7d5b") + "\"/>\n";
    }
    if (bound <= ceiling)
        svg += line(left, y(bound), width - right, y(bound),
                    "stroke=\"#444\" stroke-dasharray=\"6 4\"");
    svg += label(x(downFor) + 6, panelTop + 15, "start", "the server is back");
    svg += label(width - right, panelTop - 12, "end",
                 "worst second " + QByteArray::number(result.worstSecond) + ", bound "
                         + QByteArray::number(bound, 'f', 0));
    svg += line(left, bottom, width - right, bottom, "stroke=\"#666\"");
    for (int second = 0; second <= shownSeconds; second += 10)
        svg += label(x(second), bottom + 17, "middle", QByteArray::number(second) + " s");
    return svg;
}

} // namespace

int main(int argc, char **argv)
{
    Herd defaults;
    defaults.downFor = downFor * 1000;
    Herd retry = defaults;
    retry.serverRetry = 10000;
    Herd busy = retry;
    busy.capacity = 5000;
    busy.retryAfter = 5;
    const Panel panels[] {
            {"Default policy", defaults},
            {"The server had sent \"retry: 10000\"", retry},
            {"The same; back, it takes 5,000 a second and answers 503 with Retry-After: 5", busy},
    };

    const int height = top + int(std::size(panels)) * (panelHeight + gap);
    QByteArray svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
            + QByteArray::number(width) + "\" height=\"" + QByteArray::number(height)
            + "\" viewBox=\"0 0 " + QByteArray::number(width) + ' ' + QByteArray::number(height)
            + "\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n"
              "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    svg += label(left, 20, "start",
                 "100,000 clients lose their server at 0 s: attempts in each second",
                 "font-size=\"15\"");
    int panelTop = top;
    for (const Panel &panel : panels) {
        const HerdResult result = simulate(panel.herd);
        std::printf("%s: worst second %d, after the return %d, bound %.0f, last served at %.1f s, "
                    "%.1f attempts each\n",
                    panel.title, result.worstSecond, result.worstSecondAfterReturn,
                    2 * result.evenSpread, result.lastServed / 1000.0, result.attemptsPerClient);
        svg += draw(panel, result, panelTop);
        panelTop += panelHeight + gap;
    }
    svg += "</svg>\n";

    QFile file(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("herd.svg"));
    if (!file.open(QFile::WriteOnly) || file.write(svg) != svg.size()) {
        std::fprintf(stderr, "%s\n", qPrintable(file.errorString()));
        return 1;
    }
    return 0;
}
