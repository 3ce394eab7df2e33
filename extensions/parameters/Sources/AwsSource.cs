using System.Text.Json;
using Isobar.Parameters.Caching;

namespace Isobar.Parameters.Sources;

/// <summary>Parameter Store and Secrets Manager.</summary>
/// <remarks>
/// Source: AWS Systems Manager API Reference, GetParameter (a name with <c>:version</c> or <c>:label</c>); AWS Secrets
/// Manager API Reference, GetSecretValue.
/// </remarks>
internal sealed class AwsSource(AwsJsonService parameters, AwsJsonService secrets) : ISource
{
    public async Task<SourceAnswer> FetchAsync(Wanted wanted)
    {
        var answer = wanted.Store == Store.Parameters
            ? await parameters.CallAsync("AmazonSSM.GetParameter", Body(writer =>
            {
                var selector = wanted.Version ?? wanted.Label;
                writer.WriteString("Name", selector is null ? wanted.Name : $"{wanted.Name}:{selector}");
                writer.WriteBoolean("WithDecryption", wanted.Decrypt ?? false);
            }))
            : await secrets.CallAsync("secretsmanager.GetSecretValue", Body(writer =>
            {
                writer.WriteString("SecretId", wanted.Name);
                if (wanted.Version is { } version) writer.WriteString("VersionId", version);
                if (wanted.Label is { } stage) writer.WriteString("VersionStage", stage);
            }));
        try
        {
            using var document = JsonDocument.Parse(answer);
            var isSecure = document.RootElement.TryGetProperty("Parameter", out var parameter)
                && parameter.GetProperty("Type").GetString() == "SecureString";
            return new SourceAnswer(AnswerJson.Write(document.RootElement), isSecure);
        }
        catch (Exception other)
            when (other is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AwayException("an answer that is not the service's");
        }
    }

    private static byte[] Body(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
