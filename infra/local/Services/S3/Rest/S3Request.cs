using System.Xml;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>One request to S3, and its answer.</summary>
/// <param name="IsPresigned">Whether the signature is in the URL; then <c>x-amz-</c> parameters there count as
/// headers.</param>
internal sealed record S3Request(HttpContext Http, CallScope Scope, RequestTarget Target, bool IsPresigned)
{
    public string Bucket => Target.Bucket;

    public string Key => Target.Key;

    /// <summary>Whether the Host header names the bucket.</summary>
    public bool IsVirtualHosted { get; init; }

    /// <summary>What the URL of an object in the bucket begins with, up to the slash before its key.</summary>
    public string BucketUrl => IsVirtualHosted ? Scope.Origin : $"{Scope.Origin}/{Bucket}";

    public bool IsHead => HttpMethods.IsHead(Http.Request.Method);

    public Requester Requester => new(
        Scope.RequestId, Scope.AccessKey, Http.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "127.0.0.1");

    /// <returns>Null when the parameter is not there; empty when it has no value.</returns>
    public string? Query(string name) => Target.Query.GetValueOrDefault(name);

    /// <returns>Null when the header is not there or is empty.</returns>
    public string? Header(string name)
    {
        var value = Http.Request.Headers[name].ToString();
        if (value.Length > 0) return value;
        if (!IsPresigned || !name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var (parameter, text) in Target.Query)
            if (text.Length > 0 && string.Equals(parameter, name, StringComparison.OrdinalIgnoreCase)) return text;
        return null;
    }

    /// <summary>A number in the query.</summary>
    /// <param name="fallback">What holds when the parameter is not there or empty.</param>
    /// <exception cref="AwsException">InvalidArgument: no number, or negative.</exception>
    public int Number(string name, int fallback)
    {
        if (Query(name) is not { Length: > 0 } text) return fallback;
        if (!long.TryParse(text, out var number) || number > int.MaxValue)
            throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range", name, text);
        if (number < 0)
            throw S3Errors.InvalidArgument($"Argument {name} must be an integer between 0 and 2147483647", name, text);
        return (int)number;
    }

    /// <summary>Whether keys are to be percent-encoded in the answer.</summary>
    /// <exception cref="AwsException">InvalidArgument: an encoding that is not <c>url</c>.</exception>
    public bool WantsUrlEncoding() => Query("encoding-type") switch
    {
        null => false,
        "url" => true,
        var other => throw S3Errors.InvalidArgument(
            "Invalid Encoding Method specified in Request", "encoding-type", other),
    };

    /// <summary>The version that is asked for; null for the current one.</summary>
    /// <exception cref="AwsException">InvalidArgument: it is empty.</exception>
    public string? VersionId() => Query("versionId") switch
    {
        "" => throw S3Errors.InvalidArgument("Version id cannot be the empty string", "versionId", ""),
        var id => id,
    };

    /// <summary>Answers without a body.</summary>
    public Task AnswerAsync(int status)
    {
        Http.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent) Http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Answers with an XML document.</summary>
    public Task AnswerAsync(string root, Action<XmlWriter> content) =>
        S3Xml.WriteAsync(Http, 200, root, S3Xml.Namespace, content);

    public void SetHeader(string name, string? value)
    {
        if (value is not null) Http.Response.Headers[name] = value;
    }
}
