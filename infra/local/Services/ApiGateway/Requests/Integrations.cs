using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>Answers a request by its method's integration.</summary>
internal sealed class Integrations(FunctionCalls functions)
{
    /// <exception cref="GatewayException">The gateway must answer by itself.</exception>
    /// <exception cref="TemplateFailedException">A template can't be run with this request.</exception>
    public Task<GatewayAnswer> AnswerAsync(GatewayRequest request) => request.Method.Integration switch
    {
        ProxyIntegration proxy => AnswerByProxyAsync(proxy, request),
        LambdaIntegration lambda => AnswerByLambdaAsync(lambda, request),
        MockIntegration mock => Task.FromResult(AnswerByMock(mock, request)),
        var other => throw new ArgumentOutOfRangeException(nameof(request), other, null),
    };

    private async Task<GatewayAnswer> AnswerByProxyAsync(ProxyIntegration proxy, GatewayRequest request)
    {
        var answer = await functions.InvokeAsync(proxy.Function, ProxyEvent.Write(request), request, proxy.Timeout);
        if (answer.FunctionError is not null) throw new GatewayException(GatewayError.MalformedProxyResponse);
        var response = ProxyResponse.Read(answer.Payload.Span, request);
        return response with { Headers = [.. response.Headers, new("X-Amzn-Trace-Id", request.TraceId)] };
    }

    private async Task<GatewayAnswer> AnswerByLambdaAsync(LambdaIntegration lambda, GatewayRequest request)
    {
        var payload = Encoding.UTF8.GetBytes(MapRequest(lambda, request));
        switch (lambda.InvocationType?.Read(request.Scope(request.Text)))
        {
            case "Event":
                await functions.DeliverAsync(lambda.Function, payload, request);
                return MapResponse(lambda, request, null, "", []);
            case null or "" or "RequestResponse":
                var answer = await functions.InvokeAsync(lambda.Function, payload, request, lambda.Timeout);
                var text = Encoding.UTF8.GetString(answer.Payload.Span);
                return MapResponse(
                    lambda, request, answer.FunctionError is null ? null : ErrorMessage(text), text, Headers(answer));
            default:
                throw new GatewayException(GatewayError.Misconfigured);
        }
    }

    private static GatewayAnswer AnswerByMock(MockIntegration mock, GatewayRequest request)
    {
        // Without a template the request's own body would have to name the status.
        if (!JsonText.TryParse(MapRequest(mock, request), out var json) || json is not JsonObject map
            || Values.Number(map["statusCode"]) is not { } status)
            throw new GatewayException(GatewayError.Misconfigured);
        return MapResponse(mock, request, status.ToString(CultureInfo.InvariantCulture), "", []);
    }

    /// <summary>The request as the integration is given it.</summary>
    private static string MapRequest(MappedIntegration integration, GatewayRequest request)
    {
        if (integration.RequestTemplates.TryGetValue(request.MediaType, out var template))
            return template.Evaluate(request.Scope(request.Text));
        var passes = integration.Passthrough == Passthrough.WhenNoMatch
            || (integration.Passthrough == Passthrough.WhenNoTemplates && integration.RequestTemplates.Count == 0);
        if (!passes) throw new GatewayException(GatewayError.UnsupportedMediaType);
        return request.Body.Length > 0 ? request.Text : "{}";
    }

    /// <param name="integration">Its responses are tried in order.</param>
    /// <param name="request">What is being answered.</param>
    /// <param name="selector">The text that patterns are matched with; null for success.</param>
    /// <param name="body">The integration's answer.</param>
    /// <param name="headers">The answer's headers.</param>
    private static GatewayAnswer MapResponse(
        MappedIntegration integration, GatewayRequest request, string? selector, string body,
        Dictionary<string, string> headers)
    {
        var response = integration.Responses.FirstOrDefault(
                response => response.Selection is { } pattern && selector is not null
                    && BoundedRegex.Matches(pattern, selector))
            ?? integration.Responses.FirstOrDefault(response => response.Selection is null)
            ?? throw new GatewayException(GatewayError.Misconfigured);
        var scope = new TemplateScope(request.Context, request.Stage.Variables, request, body)
        {
            ResponseHeaders = headers,
        };
        var (mediaType, text) = ("application/json", body);
        if (Choose(response, request.Accepts) is { } chosen)
            (mediaType, text) = (chosen.Key, chosen.Value.Evaluate(scope));
        var mapped = response.Headers
            .Select(header => KeyValuePair.Create(header.Name, header.Source.Read(scope) ?? ""))
            .Where(header => header.Value.Length > 0)
            .ToList();
        if (!mapped.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            mapped.Add(new("Content-Type", mediaType));
        if (integration is LambdaIntegration) mapped.Add(new("X-Amzn-Trace-Id", request.TraceId));
        var answer = new GatewayAnswer(response.StatusCode, mapped, Encoding.UTF8.GetBytes(text));
        return answer.IsSendable ? answer : throw new GatewayException(GatewayError.Misconfigured);
    }

    /// <summary>
    /// The template for what the client accepts, else JSON's, else the first; null when there is none.
    /// </summary>
    private static KeyValuePair<string, MappingTemplate>? Choose(IntegrationResponse response, string accepts)
    {
        if (response.Templates.Count == 0) return null;
        foreach (var mediaType in (string[])[accepts, "application/json"])
        {
            if (response.Templates.TryGetValue(mediaType, out var template)) return new(mediaType, template);
        }

        return response.Templates.First();
    }

    private static Dictionary<string, string> Headers(InvocationAnswer answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["X-Amz-Executed-Version"] = answer.ExecutedVersion,
        };
        if (answer.FunctionError is { } error) headers["X-Amz-Function-Error"] = error;
        return headers;
    }

    private static string ErrorMessage(string payload) =>
        JsonText.TryParse(payload, out var json) && json is JsonObject map ? Values.Text(map["errorMessage"]) : "";
}
