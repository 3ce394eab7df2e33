using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Isobar.Parameters.Caching;

namespace Isobar.Parameters.Serving;

/// <summary>Answers the requests of the function.</summary>
/// <param name="sessionToken">The function's own; whoever does not send it is refused.</param>
/// <remarks>
/// Source: AWS Systems Manager User Guide, "Using Parameter Store parameters in AWS Lambda functions"; AWS Secrets
/// Manager User Guide, "Use AWS Secrets Manager secrets in AWS Lambda functions". The statuses of failures are not
/// documented: 400 is what AWS's extension was seen to answer, 401, 403 and 404 are chosen here.
/// </remarks>
internal sealed class LocalApi(ValueCache cache, string sessionToken, Log log)
{
    /// <summary>Seconds past the time to live, where the source is away.</summary>
    public const string StaleHeader = "X-Parameters-Stale-Seconds";

    // Of equal length, so that a comparison takes equally long for every token.
    private readonly byte[] expected = SHA256.HashData(Encoding.Latin1.GetBytes(sessionToken));

    public async Task<Response> AnswerAsync(Request request)
    {
        if (request.Token is null) return Response.Of(401, "the header X-Aws-Parameters-Secrets-Token is missing");
        if (!CryptographicOperations.FixedTimeEquals(
            expected, SHA256.HashData(Encoding.Latin1.GetBytes(request.Token))))
            return Response.Of(403, "the token is not the function's session token");
        if (request.Method != "GET") return Response.Of(405, "only GET is served");
        if (Question.Parse(request.Target, out var reason) is not { } wanted)
            return Response.Of(reason is null ? 404 : 400, reason ?? "there is no such path");
        try
        {
            return Give(await cache.GetAsync(wanted));
        }
        catch (RefusedException refused)
        {
            log.Error($"{wanted.Name} can't be given: {refused.Code}");
            return Response.Of(400, refused.Code);
        }
        catch (AwayException away)
        {
            log.Error($"{wanted.Name} can't be given: {away.Message}");
            return Response.Of(500, "the service does not answer, and there is no value that could be given instead");
        }
    }

    private static Response Give(GivenAnswer given)
    {
        var age = ("Age", Seconds(given.Age));
        return given.Stale >= TimeSpan.Zero && given.Age > TimeSpan.Zero
            ? new Response(200, given.Answer.Body, age, (StaleHeader, Seconds(given.Stale)))
            : new Response(200, given.Answer.Body, age);
    }

    private static string Seconds(TimeSpan time) =>
        ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
