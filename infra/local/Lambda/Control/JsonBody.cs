using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Answers a control request with a JSON document, and reads what paged lists have in common.</summary>
internal static class JsonBody
{
    private const int MaxPieceBytes = 65_536;

    public static async ValueTask WriteAsync(RestRequest request, Action<Utf8JsonWriter> content, int status = 200)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        var response = request.Http.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        response.Headers["x-amzn-RequestId"] = request.Scope.RequestId;
        await response.BodyWriter.WriteAsync(buffer.WrittenMemory, request.Http.RequestAborted);
    }

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="AwsException">InvalidRequestContentException: it is not the JSON of this operation.</exception>
    public static async ValueTask<T> ReadAsync<T>(RestRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        const string unreadable = "Could not parse request body into json: ";
        var http = request.Http;
        try
        {
            return await DeserializeAsync(http, type)
                ?? throw LambdaErrors.InvalidContent(unreadable + "null is no object.");
        }
        catch (JsonException e) when (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            throw LambdaErrors.InvalidContent($"{unreadable}the member at {e.Path} is not known here.");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw LambdaErrors.InvalidContent(unreadable + "it is not the JSON of this operation.");
        }
    }

    // A long text is read as a whole first: the parser would begin it anew with each piece that arrives.
    private static async ValueTask<T?> DeserializeAsync<T>(HttpContext http, JsonTypeInfo<T> type)
    {
        if (http.Request.ContentLength <= MaxPieceBytes)
            return await JsonSerializer.DeserializeAsync(http.Request.BodyReader, type, http.RequestAborted);
        var expected = Math.Min(http.Request.ContentLength ?? 0, LambdaLimits.MaxRequestBytes);
        using var whole = new MemoryStream((int)expected);
        await http.Request.Body.CopyToAsync(whole, http.RequestAborted);
        return JsonSerializer.Deserialize(whole.GetBuffer().AsSpan(0, (int)whole.Length), type);
    }

    /// <summary>Refuses a request with a zip file that AWS would not read to its end.</summary>
    /// <exception cref="AwsException">RequestEntityTooLargeException (recorded).</exception>
    public static void CheckUploadSize(RestRequest request)
    {
        if (request.Http.Request.ContentLength >= LambdaLimits.MaxUploadRequestBytes)
            throw LambdaErrors.EntityTooLarge(
                $"Request must be smaller than {LambdaLimits.MaxUploadRequestBytes} bytes for the "
                + $"{request.Action} operation");
    }

    /// <summary>Answers 204.</summary>
    public static ValueTask AnswerNoContent(RestRequest request)
    {
        request.Http.Response.StatusCode = 204;
        request.Http.Response.Headers["x-amzn-RequestId"] = request.Scope.RequestId;
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes one page of a list and, if there is more, the marker of the next.</summary>
    /// <param name="items">In the order of their keys.</param>
    /// <param name="pageSize">The most items that this list gives at a time; MaxItems may ask for fewer.</param>
    /// <exception cref="AwsException">ValidationException: MaxItems is no number from 1 to 10,000.</exception>
    public static ValueTask WritePageAsync<T>(
        RestRequest request, string member, IEnumerable<T> items, Func<T, string> key, int pageSize,
        Action<Utf8JsonWriter, T> write)
    {
        var size = Math.Min(MaxItems(request) ?? pageSize, pageSize);
        var marker = request.Query("Marker");
        var page = items.Where(item => marker is null || string.CompareOrdinal(key(item), marker) > 0)
            .Take(size + 1).ToArray();
        return WriteAsync(request, json =>
        {
            json.WriteStartArray(member);
            foreach (var item in page.Take(size)) write(json, item);
            json.WriteEndArray();
            if (page.Length > size) json.WriteString("NextMarker", key(page[size - 1]));
        });
    }

    private static int? MaxItems(RestRequest request)
    {
        if (request.Query("MaxItems") is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value is > 0 and <= 10_000) return value;
        throw LambdaErrors.Validation(LambdaErrors.Constraint(
            text, "maxItems", "have value greater than or equal to 1 and less than or equal to 10000"));
    }
}
