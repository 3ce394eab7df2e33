using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <summary>Of CreateAlias and UpdateAlias.</summary>
internal sealed record AliasRequest(string? AliasName, string? TargetKeyId);

internal sealed record DeleteAliasRequest(string? AliasName);

/// <summary>Makes, points and deletes the names of keys.</summary>
/// <remarks>Source: AWS KMS API Reference, CreateAlias, UpdateAlias and DeleteAlias.</remarks>
internal static class Aliases
{
    /// <exception cref="AwsException">ValidationException, NotAuthorizedException, AlreadyExistsException,
    /// NotFoundException, AccessDeniedException, KMSInvalidStateException, LimitExceededException.</exception>
    public static EmptyResponse Create(Monitor<KmsState> keys, AliasRequest request, string principal)
    {
        Check(request);
        keys.Post((state, now) => state.AddAlias(
            request.AliasName!, state.ChangeableNow(request.TargetKeyId!, "CreateAlias", principal), now));
        return new EmptyResponse();
    }

    /// <summary>Lets an alias name another key: what is encrypted by it from now on is encrypted with that one.
    /// </summary>
    /// <exception cref="AwsException">As <see cref="Create"/>; NotFoundException: there is no such alias.</exception>
    public static EmptyResponse Update(Monitor<KmsState> keys, AliasRequest request, string principal)
    {
        Check(request);
        keys.Post((state, now) =>
        {
            var alias = state.Alias(request.AliasName!);
            state.PointAlias(
                alias.Name, state.ChangeableNow(request.TargetKeyId!, "UpdateAlias", principal), now);
        });
        return new EmptyResponse();
    }

    /// <summary>Deletes an alias; its key stays.</summary>
    /// <exception cref="AwsException">ValidationException, NotAuthorizedException, NotFoundException.</exception>
    public static EmptyResponse Delete(Monitor<KmsState> keys, DeleteAliasRequest request)
    {
        Name(new ModelConstraints(), request.AliasName).ThrowIfAny();
        KeyName.CheckAlias(request.AliasName!);
        keys.Post((state, _) => state.DeleteAlias(request.AliasName!));
        return new EmptyResponse();
    }

    private static void Check(AliasRequest request)
    {
        Name(new ModelConstraints(), request.AliasName).KeyId("targetKeyId", request.TargetKeyId).ThrowIfAny();
        KeyName.CheckAlias(request.AliasName!);
    }

    private static ModelConstraints Name(ModelConstraints constraints, string? name) => constraints
        .Required("aliasName", name)
        .Length("aliasName", name, 1, KmsLimits.MaxAliasCharacters)
        .Matches("aliasName", name, KeyName.AliasPattern);
}
