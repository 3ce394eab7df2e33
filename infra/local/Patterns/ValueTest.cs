using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>One entry of a pattern's array: tests a single value of an event.</summary>
/// <remarks>Source: Amazon EventBridge User Guide, "Comparison operators for use in event patterns".</remarks>
internal abstract record ValueTest
{
    /// <param name="value">A string, number, boolean or null.</param>
    public abstract bool Holds(JsonElement value);

    /// <summary>The test of a string; every other value fails it.</summary>
    protected static bool IsText(JsonElement value, Func<string, bool> test) =>
        value.ValueKind == JsonValueKind.String && TextOf(value) is { } text && test(text);

    // Null when the event's string has an unpaired surrogate, which no pattern can contain.
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

/// <summary>The path has a value of any kind; empty arrays and objects are not values.</summary>
internal sealed record Exists : ValueTest
{
    public override bool Holds(JsonElement value) => true;
}

/// <summary>The path has no value in the whole event; the node checks that, not a single value.</summary>
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

/// <summary>There is a value, and none of the tests matches it.</summary>
internal sealed record AnythingBut(IReadOnlyList<ValueTest> Excluded) : ValueTest
{
    public override bool Holds(JsonElement value) => !Excluded.Any(test => test.Holds(value));
}
