import Chronology
import Indicators
import Jobcenter
import Reporting
import Surveys
import Views

extension Desk {
    /// The answers after conversations over time, for all and for each team with enough of
    /// them, with the warnings of a fall.
    func feedbackTrends(_ visit: Visit) async throws -> Answer {
        let found = try await FeedbackTrendsCase(house).trends(
            of: municipality.code, by: visit.actor)
        let shown = found.trends.filter { !$0.months.isEmpty }
        let warnings = shown.count { $0.warning != nil }
        return visit.page(
            FeedbackTrendsPage(
                headline: visit.text(
                    warnings == 0 ? "views.trends.calm" : "views.trends.falling",
                    ["n": visit.wording.number(warnings)]),
                lead: visit.text("views.trends.lead"),
                notes: [
                    visit.text(
                        "views.trends.rate",
                        [
                            "years": visit.wording.number(FeedbackTrendsCase.yearsBetween),
                            "series": visit.wording.number(shown.count),
                            "threshold": visit.wording.number(found.threshold, decimals: 2),
                        ]),
                    visit.text(
                        "views.trends.few",
                        ["least": visit.wording.number(SequentialWatch.leastAnswers)]),
                ], parts: shown.enumerated().map { visit.part($0, $1) }),
            breadcrumb: visit.surveysTrail)
    }
}

extension Visit {
    /// The latest three years of a trend.
    fileprivate func part(_ place: Int, _ trend: FeedbackTrend) -> FeedbackTrendsPage.Part {
        let heading = trend.team ?? text("views.trends.all")
        let months = trend.months.suffix(36)
        var verdict = text("views.trends.none")
        if let warning = trend.warning, let since = warning.fallsSince {
            verdict = text(
                "views.trends.warning",
                [
                    "since": wording.period(.month(trend.months[since])),
                    "on": wording.period(.month(trend.months[warning.place])),
                    "mean": wording.number(warning.mean, decimals: 1),
                ])
        } else if trend.steps.allSatisfy({ $0.sum == nil }) {
            verdict = text("views.trends.tooEarly")
        }
        return FeedbackTrendsPage.Part(
            heading: heading, verdict: verdict, isWarning: trend.warning != nil,
            chart: LineChart(
                id: "trend-\(place)", title: text("views.trends.chart", ["of": heading]),
                unit: .points, decimals: 1, periods: months.map { .month($0) },
                series: [
                    LineChart.Series(
                        name: heading, role: .main, values: Array(trend.means.suffix(36)))
                ]), table: table(place, heading, trend))
    }

    /// The months in which there were answers enough, the latest first.
    private func table(_ place: Int, _ heading: String, _ trend: FeedbackTrend) -> DataTable {
        DataTable(
            id: "months-\(place)", caption: text("views.trends.monthly", ["of": heading]),
            columns: [
                DataTable.Column(text("views.trends.month")),
                DataTable.Column(text("views.trends.mean"), decimals: 1),
                DataTable.Column(text("views.trends.sum"), decimals: 2),
                DataTable.Column(text("views.trends.says")),
            ],
            rows: trend.steps.suffix(36).reversed().map { step in
                let since = step.fallsSince.map { wording.period(.month(trend.months[$0])) }
                return DataTable.Row(
                    header: wording.period(.month(trend.months[step.place])),
                    cells: [
                        .number(step.mean), step.sum.map { .number($0) } ?? .missing,
                        .text(since.map { text("views.trends.since", ["month": $0]) } ?? ""),
                    ], isEmphasised: step.fallsSince != nil)
            })
    }
}
