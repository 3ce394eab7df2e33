using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.SecretsManager.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager;

/// <summary>AWS Secrets Manager: secrets with versions and staging labels, over its JSON protocol.</summary>
internal sealed class SecretsManagerModule : IServiceModule, IDisposable
{
    private readonly Regional<Monitor<SecretsState>> regions;
    private readonly ServiceContext context;

    public SecretsManagerModule(ServiceContext context)
    {
        this.context = context;
        regions = new Regional<Monitor<SecretsState>>(_ => new Monitor<SecretsState>(
            "deletion of secrets", new SecretsState(), context.Clock, isPassive: true));
        var wire = new AwsJsonProtocol(
            "secretsmanager", "1.1", "com.amazonaws.secretsmanager", SecretsLimits.MaxRequestBytes,
            SecretsErrors.NotSupported);
        Wire = wire;
        AddValues(wire, SecretsJson.Wire);
        AddSecrets(wire, SecretsJson.Wire);
        Providers =
        [
            new SecretProvider(
                regions.In,
                region => new CallScope(context.Identifiers.NewGuid().ToString(), "", region, context.AccountId)
                {
                    Service = "secretsmanager",
                    Keys = context.Keys,
                },
                context),
        ];
    }

    public string SigningName => "secretsmanager";

    public IWireProtocol Wire { get; }

    public IReadOnlyList<IResourceProvider> Providers { get; }

    public IEnumerable<Charge> ChargesOf(CallAnswered call) => [new Charge(Meter.SecretRequests, 1)];

    public void Dispose() => regions.Dispose();

    private Monitor<SecretsState> In(CallScope scope) => regions.In(scope.Region);

    private SecretCipher CipherFor(CallScope scope) => new(context.Directory.Of<IEncryptionKeys>(), scope);

    private void AddValues(AwsJsonProtocol wire, SecretsJson json) => wire
        .Add("GetSecretValue", () => json.GetSecretValueRequest, () => json.GetSecretValueResponse,
            (request, scope) => new(GetSecretValue.Handle(In(scope), request, CipherFor(scope))),
            (request, scope) => On("GetSecretValue", request.SecretId, scope))
        .Add("PutSecretValue", () => json.PutSecretValueRequest, () => json.PutSecretValueResponse,
            (request, scope) => new(PutSecretValue.Handle(
                In(scope), request, CipherFor(scope), context.Identifiers)),
            (request, scope) => On("PutSecretValue", request.SecretId, scope))
        .Add("UpdateSecret", () => json.UpdateSecretRequest, () => json.UpdateSecretResponse,
            (request, scope) => new(UpdateSecret.Handle(In(scope), request, CipherFor(scope), context.Identifiers)),
            (request, scope) => On("UpdateSecret", request.SecretId, scope));

    private void AddSecrets(AwsJsonProtocol wire, SecretsJson json) => wire
        .Add("CreateSecret", () => json.CreateSecretRequest, () => json.CreateSecretResponse,
            (request, scope) => new(CreateSecret.Handle(
                In(scope), request, scope, CipherFor(scope), context.Identifiers)),
            (request, scope) => On("CreateSecret", request.Name, scope))
        .Add("DescribeSecret", () => json.DescribeSecretRequest, () => json.DescribeSecretResponse,
            (request, scope) => new(DescribeSecret.Handle(In(scope), request)),
            (request, scope) => On("DescribeSecret", request.SecretId, scope))
        .Add("ListSecrets", () => json.ListSecretsRequest, () => json.ListSecretsResponse,
            (request, scope) => new(ListSecrets.Handle(In(scope), request)))
        .Add("DeleteSecret", () => json.DeleteSecretRequest, () => json.DeleteSecretResponse,
            (request, scope) => new(DeleteSecret.Handle(In(scope), request, scope)),
            (request, scope) => On("DeleteSecret", request.SecretId, scope))
        .Add("RestoreSecret", () => json.RestoreSecretRequest, () => json.RestoreSecretResponse,
            (request, scope) => new(DeleteSecret.Restore(In(scope), request)),
            (request, scope) => On("RestoreSecret", request.SecretId, scope));

    /// <summary>An action on a secret, by its whole ARN where it is there.</summary>
    private IEnumerable<ResourceAction> On(string action, string? id, CallScope scope)
    {
        if (string.IsNullOrEmpty(id)) return [];
        var arn = In(scope).Ask((state, _) => state.Find(id)?.Arn);
        return [scope.On(action, arn ?? (id.StartsWith("arn:", StringComparison.Ordinal) ? id : $"secret:{id}"))];
    }
}
