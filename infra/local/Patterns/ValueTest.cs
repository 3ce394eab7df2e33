using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>One entry of a pattern's array: what a single value of an event is held against.</summary>
/// <remarks>Source: Amazon EventBridge User Guide, "Comparison operators for use in event patterns".</remarks>
internal abstract record ValueTest
{
    /// <param name="value">A string, number, boolean or null.</param>
    public abstract bool Holds(JsonElement value);

    /// <summary>The test of a string; every other value fails it.</summary>
    protected static bool IsText(JsonElement value, Func<string, bool> test) =>
        value.ValueKind == JsonValueKind.String && TextOf(value) is { } text && test(text);

    // Null when the event holds half of a surrogate pair, which no pattern can name.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

internal sealed record ExactText(string Expected) : ValueTest
{
    public override bool Holds(JsonElement value) => IsText(value, text => text == Expected);
}

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed record ExactLiteral(JsonValueKind Kind) : ValueTest
{
    public override bool Holds(JsonElement value) => value.ValueKind == Kind;
}

/// <summary>A number: equal as a number, so 300 and 300.0 match.</summary>
internal sealed record ExactNumber(double Expected) : ValueTest
{
    public override bool Holds(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number.Equals(Expected);
}

internal sealed record NumberRange(double Bottom, bool IsBottomOpen, double Top, bool IsTopOpen) : ValueTest
{
    public override bool Holds(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
        && (IsBottomOpen ? number > Bottom : number >= Bottom) && (IsTopOpen ? number < Top : number <= Top);
}

/// <summary>The path leads to a value of any kind; arrays without elements and objects are none.</summary>
internal sealed record Exists : ValueTest
{
    public override bool Holds(JsonElement value) => true;
}

/// <summary>The path leads to no value, anywhere in the event; the node asks, since no one value can tell.</summary>
internal sealed record Absent : ValueTest
{
    public override bool Holds(JsonElement value) => false;
}

internal sealed record Prefix(string Start, StringComparison Comparison) : ValueTest
{
    public override bool Holds(JsonElement value) => IsText(value, text => text.StartsWith(Start, Comparison));
}

internal sealed record Suffix(string End, StringComparison Comparison) : ValueTest
{
    public override bool Holds(JsonElement value) => IsText(value, text => text.EndsWith(End, Comparison));
}

internal sealed record EqualIgnoringCase(string Expected) : ValueTest
{
    public override bool Holds(JsonElement value) =>
        IsText(value, text => text.Equals(Expected, StringComparison.OrdinalIgnoreCase));
}

internal sealed record InAddressBlock(AddressBlock Block) : ValueTest
{
    public override bool Holds(JsonElement value) => IsText(value, Block.Contains);
}

internal sealed record LikeWildcard(Wildcard Pattern) : ValueTest
{
    public override bool Holds(JsonElement value) => IsText(value, Pattern.Matches);
}

/// <summary>A value is there and none of the tests holds for it.</summary>
internal sealed record AnythingBut(IReadOnlyList<ValueTest> Excluded) : ValueTest
{
    public override bool Holds(JsonElement value) => !Excluded.Any(test => test.Holds(value));
}
