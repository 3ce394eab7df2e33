using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>Joins what services bring to the parts of the host that use it.</summary>
internal static class ServiceRoutes
{
    /// <summary>Lets other services find those of these modules that have a role.</summary>
    public static void AddRoles(this ServiceDirectory directory, IEnumerable<IServiceModule> modules)
    {
        foreach (var role in modules.OfType<IServiceRole>()) directory.Add(role);
    }

    /// <summary>Makes the door to these services.</summary>
    /// <param name="paths">Paths of the host's own, without a signature, by prefix.</param>
    public static FrontDoor DoorTo(
        IReadOnlyCollection<IServiceModule> modules, ServiceContext context,
        params IEnumerable<KeyValuePair<string, RequestDelegate>> paths) => new(
            modules.Where(module => module.Wire is not null)
                .ToDictionary(module => module.SigningName, module => module.Wire!),
            modules.SingleOrDefault(module => module.AnswersUnsigned)?.SigningName,
            paths.Concat(modules.SelectMany(module => module.Paths)).ToDictionary(),
            context.AccountId, context.Region, context.Identifiers, context.Journal, context.Gate);
}
