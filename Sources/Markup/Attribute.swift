/// One attribute of an element. Names come from the program, values are escaped.
public struct Attribute: Sendable {
    enum Value: Sendable {
        case absent
        case flag
        case fixed(StaticString)
        case text(String)
        case integer(Int)
        case coordinate(Double)
        case safe([UInt8])
    }

    let name: StaticString
    let value: Value

    init(_ name: StaticString, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// Any attribute with a value from anywhere. Not for links: `href` checks
    /// what a link may point to.
    public init(_ name: StaticString, _ value: String) { self.init(name, .text(value)) }
    public init(_ name: StaticString, fixed value: StaticString) { self.init(name, .fixed(value)) }
    public init(_ name: StaticString, _ value: Int) { self.init(name, .integer(value)) }
    public init(_ name: StaticString, coordinate value: Double) {
        self.init(name, .coordinate(value))
    }
    /// An attribute without a value, such as `required`.
    public init(flag name: StaticString) { self.init(name, .flag) }

    /// The attribute when `condition` holds, otherwise nothing at all.
    public static func when(_ condition: Bool, _ attribute: Attribute) -> Attribute {
        condition ? attribute : Attribute("", .absent)
    }

    public static func `class`(_ names: StaticString) -> Attribute { .init("class", .fixed(names)) }
    public static func id(_ id: String) -> Attribute { .init("id", id) }
    public static func type(_ type: StaticString) -> Attribute { .init("type", .fixed(type)) }
    public static func name(_ name: String) -> Attribute { .init("name", name) }
    public static func value(_ value: String) -> Attribute { .init("value", value) }
    public static func lang(_ code: String) -> Attribute { .init("lang", code) }
    public static func role(_ role: StaticString) -> Attribute { .init("role", .fixed(role)) }
    public static func scope(_ scope: StaticString) -> Attribute { .init("scope", .fixed(scope)) }

    /// A link's target: a path, a query, a fragment, or http(s), mailto and tel
    /// addresses. Anything else (`javascript:` above all) becomes `#`.
    public static func href(_ target: String) -> Attribute { .init("href", safe(target)) }
    /// A form's target, with the same check as `href`.
    public static func action(_ target: String) -> Attribute { .init("action", safe(target)) }
    public static func src(_ target: String) -> Attribute { .init("src", safe(target)) }

    static func safe(_ target: String) -> String {
        let first = target.utf8.first
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "?") || first == UInt8(ascii: "#") {
            return target
        }
        let allowed = ["https://", "http://", "mailto:", "tel:"]
        return allowed.contains { target.hasPrefix($0) } ? target : "#"
    }
}

extension Utf8Buffer {
    mutating func append(_ attribute: Attribute) {
        if case .absent = attribute.value { return }
        append(UInt8(ascii: " "))
        append(attribute.name)
        if case .flag = attribute.value { return }
        append("=\"")
        switch attribute.value {
        case .absent, .flag: break
        case .fixed(let text): append(text)
        case .text(let text): appendEscaped(text)
        case .integer(let value): append(value)
        case .coordinate(let value): append(coordinate: value)
        case .safe(let bytes): append(contentsOf: bytes)
        }
        append(UInt8(ascii: "\""))
    }
}
