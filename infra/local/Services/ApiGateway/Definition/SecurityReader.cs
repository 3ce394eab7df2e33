using Isobar.Local.Deployment;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads <c>security</c>: one authorizer, or <c>[]</c> for none.</summary>
internal static class SecurityReader
{
    /// <param name="otherwise">What the document says for methods that say nothing.</param>
    public static Authorizer? Read(
        PropertyReader owner, IReadOnlyDictionary<string, Authorizer> authorizers, Authorizer? otherwise)
    {
        if (!owner.Has("security")) return otherwise;
        switch (owner.OptionalList("security"))
        {
            case null or []:
                return null;
            case [var requirement] when requirement.Names.ToArray() is [var name]:
                if (requirement.OptionalStringList(name) is { Count: > 0 })
                    requirement.Refuse(name, "must be []: Lambda authorizers have no scopes");
                if (authorizers.TryGetValue(name, out var authorizer)) return authorizer;
                requirement.Refuse(name, "must be one of components.securitySchemes");
                return null;
            default:
                owner.Refuse("security", "must name one authorizer, or none");
                return null;
        }
    }
}
