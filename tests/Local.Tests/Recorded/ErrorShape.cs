using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded;

/// <summary>What every recorded error of a protocol has beside status, code and text.</summary>
internal static class ErrorShape
{
    // Of SQS: the codes of the Query protocol that are not the names of the errors, with or without this before them.
    private const string Prefix = "AWS.SimpleQueueService.";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Prefix + "NonExistentQueue"] = "QueueDoesNotExist", ["QueueAlreadyExists"] = "QueueNameExists",
        ["InvalidParameterValue"] = "InvalidParameterValueException",
        ["MissingParameter"] = "MissingRequiredParameterException",
    };

    /// <summary>Compares the members of an error, its name and whose fault it is.</summary>
    public static void Check(Answer answer)
    {
        if (answer.Header("x-amzn-query-error") is { } known) CheckJson(answer.Body!.AsObject(), known.Split(';'));
        else if (answer.Body?["Error"] is JsonObject error) CheckQuery(error);
    }

    /// <summary>The JSON protocol of SQS: name and text, and in a header the older code and who is to blame.</summary>
    private static void CheckJson(JsonObject error, string[] known)
    {
        Assert.Equal(["__type", "message"], error.Select(member => member.Key).Order(StringComparer.Ordinal));
        var name = Names.GetValueOrDefault(known[0])
            ?? (known[0].StartsWith(Prefix, StringComparison.Ordinal) ? known[0][Prefix.Length..] : known[0]);
        Assert.Equal($"com.amazonaws.sqs#{name}", (string?)error["__type"]);
        Assert.Equal("Sender", known[1]);
    }

    /// <summary>The Query protocol of SNS.</summary>
    private static void CheckQuery(JsonObject error)
    {
        Assert.Equal(["Code", "Message", "Type"], error.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Sender", (string?)error["Type"]);
    }
}
