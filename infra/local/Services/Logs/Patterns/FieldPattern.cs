using System.Globalization;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>
/// Fields that white space separates, with conditions: <c>[ip, user, ..., status = 4*, bytes > 1000]</c>.
/// </summary>
internal sealed class FieldPattern : FilterPattern
{
    private const string Ellipsis = "...";

    private readonly PatternScanner scanner;
    private readonly List<string> names = [];
    private readonly List<(string Name, Func<Fields, bool> Holds)> conditions = [];

    // How many fields stand before the ellipsis; null without one.
    private readonly int? before;

    private FieldPattern(PatternScanner scanner)
    {
        this.scanner = scanner;
        scanner.Expect("[");
        do
        {
            if (!scanner.Take(Ellipsis))
            {
                ReadField();
                continue;
            }

            if (before is not null) throw LogsErrors.InvalidPattern("it has a second ellipsis");
            before = names.Count;
        }
        while (scanner.Take(","));
        scanner.Expect("]");
        scanner.SkipSpace();
        if (!scanner.IsAtEnd) throw scanner.Unexpected("the end");
        foreach (var (name, _) in conditions)
            if (!names.Contains(name)) throw LogsErrors.InvalidPattern($"it has no field {name}");
    }

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static new FieldPattern Parse(string text) => new(new PatternScanner(text));

    public override bool Matches(ReadOnlyMemory<byte> message) =>
        Read(message) is { } fields && conditions.TrueForAll(condition => condition.Holds(fields));

    public override IReadOnlyDictionary<string, string> Extract(ReadOnlyMemory<byte> message)
    {
        if (Read(message) is not { } fields) return base.Extract(message);
        var values = new Dictionary<string, string>();
        for (var i = 0; i < fields.Values.Count; i++)
        {
            var name = fields.NameAt(i);
            values[name.Length > 0 ? $"${name}" : string.Create(CultureInfo.InvariantCulture, $"${i + 1}")] =
                fields.Values[i];
        }

        return values;
    }

    // A field is a name, a condition on it, or nothing.
    private void ReadField()
    {
        scanner.SkipSpace();
        var name = Name();
        names.Add(name);
        if (name.Length == 0) return;
        if (ValueTest.Read(scanner) is not { } first) return;
        var any = And(Holds(name, first));
        while (scanner.Take("||"))
        {
            var (left, right) = (any, And(Another()));
            any = fields => left(fields) || right(fields);
        }

        conditions.Add((name, any));
    }

    private Func<Fields, bool> And(Func<Fields, bool> one)
    {
        while (scanner.Take("&&"))
        {
            var (left, right) = (one, Another());
            one = fields => left(fields) && right(fields);
        }

        return one;
    }

    private Func<Fields, bool> Another()
    {
        scanner.SkipSpace();
        var name = Name();
        if (name.Length == 0) throw scanner.Unexpected("the name of a field");
        var test = ValueTest.Read(scanner) ?? throw scanner.Unexpected("an operator");
        // A name that no field has is found at the end, when all fields are known.
        conditions.Add((name, static _ => true));
        return Holds(name, test);
    }

    private string Name() => scanner.TakeWhile(
        character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    private static Func<Fields, bool> Holds(string name, ValueTest test) =>
        fields => fields[name] is { } value && test.Holds(value, ValueTest.Number(value));

    /// <summary>The fields of a message; null when their number does not fit.</summary>
    private Fields? Read(ReadOnlyMemory<byte> message)
    {
        var values = Split(Encoding.UTF8.GetString(message.Span));
        return before is null ? values.Count == names.Count ? new Fields(names, names.Count, values) : null
            : values.Count >= names.Count ? new Fields(names, before.Value, values) : null;
    }

    /// <summary>What stands in square brackets or double quotation marks is one field.</summary>
    private static List<string> Split(string message)
    {
        var values = new List<string>();
        for (var at = 0; at < message.Length;)
        {
            if (char.IsWhiteSpace(message[at]))
            {
                at++;
                continue;
            }

            var close = message[at] switch { '[' => ']', '"' => '"', _ => '\0' };
            var end = close == '\0' ? -1 : message.IndexOf(close, at + 1);
            if (end >= 0)
            {
                values.Add(message[(at + 1)..end]);
                at = end + 1;
                continue;
            }

            var start = at;
            while (at < message.Length && !char.IsWhiteSpace(message[at])) at++;
            values.Add(message[start..at]);
        }

        return values;
    }

    /// <summary>A message's fields by the pattern's names: those behind the ellipsis are counted from the end.
    /// </summary>
    private sealed record Fields(IReadOnlyList<string> Names, int Before, IReadOnlyList<string> Values)
    {
        public string? this[string name]
        {
            get
            {
                for (var i = 0; i < Values.Count; i++)
                    if (NameAt(i) == name) return Values[i];
                return null;
            }
        }

        public string NameAt(int value)
        {
            if (value < Before) return Names[value];
            var fromEnd = Values.Count - value;
            return fromEnd <= Names.Count - Before ? Names[^fromEnd] : "";
        }
    }
}
