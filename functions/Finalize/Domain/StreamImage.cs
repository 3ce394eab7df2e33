using Amazon.Lambda.DynamoDBEvents;
using SdkValue = Amazon.DynamoDBv2.Model.AttributeValue;

namespace Isobar.Finalize;

/// <summary>Items as the table's stream shows them.</summary>
internal static class StreamImage
{
    /// <summary>The item in the form in which the table's readers get it: texts, numbers and sets of numbers.</summary>
    public static Dictionary<string, SdkValue> Read(Dictionary<string, DynamoDBEvent.AttributeValue> image) =>
        image.ToDictionary(
            attribute => attribute.Key,
            attribute => new SdkValue { S = attribute.Value.S, N = attribute.Value.N, NS = attribute.Value.NS },
            StringComparer.Ordinal);
}
