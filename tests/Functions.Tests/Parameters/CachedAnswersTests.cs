extern alias parameters;
using parameters::Isobar.Parameters.Caching;
using static Isobar.Functions.Tests.Parameters.CacheOnATestClock;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>The bounds of what is in memory.</summary>
public sealed class CachedAnswersTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_value_that_was_used_least_recently_goes_first()
    {
        var answers = new CachedAnswers(maxItems: 2, maxBytes: 1_000);
        Put(answers, "a", 1);
        Put(answers, "b", 1);
        Assert.NotNull(answers.Find(Parameter("a")));
        Put(answers, "c", 1);
        Assert.Null(answers.Find(Parameter("b")));
        Assert.Equal((2, 2), (answers.Count, answers.Bytes));
        Assert.NotNull(answers.Find(Parameter("a")));
        Assert.NotNull(answers.Find(Parameter("c")));
    }

    [Fact]
    public void All_values_together_have_a_bound_in_bytes_and_one_that_is_larger_alone_is_not_kept()
    {
        var answers = new CachedAnswers(maxItems: 1_000, maxBytes: 100);
        for (var number = 0; number < 50; number++) Put(answers, $"{number}", 40);
        Assert.Equal((2, 80), (answers.Count, answers.Bytes));
        Put(answers, "large", 101);
        Assert.Equal((2, 80), (answers.Count, answers.Bytes));
    }

    [Fact]
    public void A_new_value_takes_the_old_ones_place_also_when_it_has_become_secure()
    {
        var answers = new CachedAnswers(maxItems: 10, maxBytes: 100);
        Put(answers, "a", 10);
        answers.Put(Parameter("a"), new SourceAnswer(new byte[20], IsSecure: true), Now);
        Assert.Equal((1, 20), (answers.Count, answers.Bytes));
        answers.Remove(Parameter("a"));
        Assert.Equal((0, 0), (answers.Count, answers.Bytes));
    }

    private static void Put(CachedAnswers answers, string name, int bytes) =>
        answers.Put(Parameter(name), new SourceAnswer(new byte[bytes], IsSecure: false), Now);
}
