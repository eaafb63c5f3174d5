import Chronology
import Testing

@Suite("Day")
struct DayTests {
    @Test("Every day from 1900 to 2100 survives the way to its parts and back")
    func roundTrip() throws {
        let first = try #require(Day(year: 1900, month: 1, day: 1))
        let last = try #require(Day(year: 2100, month: 12, day: 31))
        var day = first
        var weekday = first.weekday
        while day <= last {
            let (y, m, d) = day.components
            #expect(Day(year: y, month: m, day: d) == day)
            #expect(day.weekday == weekday)
            weekday = weekday % 7 + 1
            day = day + 1
        }
        #expect(last - first == 73_413)
    }

    @Test("Texts", arguments: ["2024-02-29", "1999-12-31", "2000-01-01"])
    func texts(iso: String) throws {
        let day = try #require(Day(iso: iso))
        #expect(day.iso == iso)
        #expect(Day(danish: day.danish) == day)
    }

    @Test(
        "What is no day is refused",
        arguments: ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-1", "", "x"])
    func refused(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test func adding() throws {
        let day = try #require(Day(iso: "2024-01-31"))
        #expect(day.adding(months: 1).iso == "2024-02-29")
        #expect(day.adding(months: -2).iso == "2023-11-30")
        #expect(day.adding(months: 12).iso == "2025-01-31")
    }

    @Test func age() throws {
        let born = try #require(Day(iso: "2000-02-29"))
        #expect(born.age(on: try #require(Day(iso: "2018-02-28"))) == 17)
        #expect(born.age(on: try #require(Day(iso: "2018-03-01"))) == 18)
    }

    @Test func isoWeeks() throws {
        let newYear = try #require(Day(iso: "2021-01-01")).isoWeek
        #expect(newYear.year == 2020)
        #expect(newYear.week == 53)
        let monday = try #require(Day(iso: "2024-12-30")).isoWeek
        #expect(monday.year == 2025)
        #expect(monday.week == 1)
    }

    @Test func holidays() throws {
        #expect(DanishHolidays.easter(2024).iso == "2024-03-31")
        #expect(try !#require(Day(iso: "2023-05-05")).isWorkingDay)
        #expect(try #require(Day(iso: "2024-04-26")).isWorkingDay)
    }

    @Test(
        "Period codes",
        arguments: [
            "2024M01", "2024Q01", "2024QMAT02", "2024MYTD06", "2024Y01",
        ])
    func periods(code: String) throws {
        let period = try #require(Period(code))
        #expect(period.description == code)
        #expect(Period(period.yearBefore.description) == period.yearBefore)
    }

    @Test func periodRanges() throws {
        #expect(try #require(Period("2024Q1")).range.days == 91)
        #expect(try #require(Period("2024")).range.days == 366)
        #expect(try #require(Period("2024QMAT02")).range.start.iso == "2023-07-01")
        #expect(try #require(Period("2024MYTD06")).months.count == 6)
        #expect(Period("2024Q5") == nil)
        #expect(Period("2024M13") == nil)
    }
}
