using System.Text;

namespace Isobar.Local.Services.Sqs;

/// <summary>A message attribute, as the API writes it.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with an optional label behind a dot.</param>
internal sealed record MessageAttributeValue(
    string? DataType, Utf8Text? StringValue = null, byte[]? BinaryValue = null,
    string[]? StringListValues = null, byte[][]? BinaryListValues = null)
{
    // What follows is ours: the serializer writes public members only.

    internal bool IsBinary => DataType is not null && DataType.StartsWith("Binary", StringComparison.Ordinal);

    /// <summary>The bytes of the value, UTF-8 for text.</summary>
    internal ReadOnlySpan<byte> Value => IsBinary ? BinaryValue : (StringValue ?? default).Bytes.Span;

    /// <summary>What the attribute adds to its message's size, its name apart.</summary>
    internal int Bytes => Encoding.UTF8.GetByteCount(DataType ?? "") + Value.Length;
}
