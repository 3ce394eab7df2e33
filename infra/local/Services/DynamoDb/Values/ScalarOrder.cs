namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>The order of keys: strings by their UTF-8 bytes, numbers by value, binaries by unsigned bytes.</summary>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Key condition expressions for the Query operation".</remarks>
internal sealed class ScalarOrder : IComparer<AttributeValue>
{
    public static readonly ScalarOrder Instance = new();

    public static bool IsScalar(AttributeValue value) => value is StringValue or NumberValue or BinaryValue;

    /// <returns>Null when the values are not scalars of one type, so that no comparison holds between them.</returns>
    public static int? TryCompare(AttributeValue? left, AttributeValue? right) => (left, right) switch
    {
        (StringValue a, StringValue b) => CompareUtf8(a.Value, b.Value),
        (NumberValue a, NumberValue b) => a.Value.CompareTo(b.Value),
        (BinaryValue a, BinaryValue b) => a.Value.AsSpan().SequenceCompareTo(b.Value),
        _ => null,
    };

    public int Compare(AttributeValue? x, AttributeValue? y) => TryCompare(x, y)
        ?? throw new ArgumentException("Only scalars of one type have an order.");

    // UTF-16 order is UTF-8 order except that surrogates stand for characters above every other one.
    private static int CompareUtf8(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
