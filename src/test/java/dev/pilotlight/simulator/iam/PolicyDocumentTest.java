package dev.pilotlight.simulator.iam;

import static dev.pilotlight.simulator.iam.Decision.ALLOW;
import static dev.pilotlight.simulator.iam.Decision.EXPLICIT_DENY;
import static dev.pilotlight.simulator.iam.Decision.NOT_MENTIONED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pilotlight.simulator.wire.AwsError;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
    private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/ml-prod-sentiment";

    static Stream<Arguments> actionsAndResources() {
        return Stream.of(
                arguments("{'Effect':'Allow','Action':'*','Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'sagemaker:*','Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'SageMaker:createendpoint','Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'sagemaker:Create*','Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'sagemaker:CreateEndpoin?','Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'sagemaker:CreateEndpoint?','Resource':'*'}", NOT_MENTIONED),
                arguments("{'Effect':'Allow','Action':['s3:*','sagemaker:CreateEndpoint'],'Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'sagemaker:CreateEndpointConfig','Resource':'*'}", NOT_MENTIONED),
                arguments("{'Effect':'Allow','NotAction':'sagemaker:Delete*','Resource':'*'}", ALLOW),
                arguments("{'Effect':'Allow','NotAction':'sagemaker:Create*','Resource':'*'}", NOT_MENTIONED),
                arguments("{'Effect':'Allow','Action':'*','Resource':'" + ENDPOINT + "'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'*','Resource':'arn:aws:sagemaker:*:*:endpoint/ml-*'}", ALLOW),
                arguments(
                        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sagemaker:*:*:endpoint/ML-*'}",
                        NOT_MENTIONED),
                arguments("{'Effect':'Allow','Action':'*','Resource':'arn:aws:sagemaker:*:*:model/*'}", NOT_MENTIONED),
                arguments("{'Effect':'Allow','Action':'*','NotResource':'arn:aws:s3:::*'}", ALLOW),
                arguments("{'Effect':'Allow','Action':'*','NotResource':'" + ENDPOINT + "'}", NOT_MENTIONED),
                arguments("{'Effect':'Deny','Action':'sagemaker:*','Resource':'*'}", EXPLICIT_DENY),
                arguments(
                        "[{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'sagemaker:*','Resource':'*'}]",
                        EXPLICIT_DENY),
                arguments(
                        "[{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'s3:*','Resource':'*'}]",
                        ALLOW),
                arguments(
                        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sagemaker:*:*:endpoint/${aws:PrincipalTag/namespace}-*'}",
                        ALLOW),
                arguments(
                        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sagemaker:*:*:endpoint/${aws:PrincipalTag/absent}*'}",
                        NOT_MENTIONED),
                arguments(
                        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sagemaker:*:*:endpoint/${aws:PrincipalTag/star}'}",
                        NOT_MENTIONED));
    }

    @ParameterizedTest
    @MethodSource("actionsAndResources")
    void aStatementCoversActionsAndResources(String statement, Decision expected) {
        assertThat(policy(statement).decide("sagemaker:CreateEndpoint", ENDPOINT, keys()))
                .isEqualTo(expected);
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                arguments("'StringEquals':{'aws:RequestTag/team':'ml'}", true),
                arguments("'StringEquals':{'AWS:requesttag/TEAM':'ml'}", true),
                arguments("'StringEquals':{'aws:RequestTag/team':'ML'}", false),
                arguments("'StringEquals':{'aws:RequestTag/team':['web','ml']}", true),
                arguments("'StringEquals':{'aws:RequestTag/team':'*'}", false),
                arguments("'StringEquals':{'aws:RequestTag/absent':'ml'}", false),
                arguments("'StringEqualsIfExists':{'aws:RequestTag/absent':'ml'}", true),
                arguments("'StringEquals':{'aws:RequestTag/team':'${aws:PrincipalTag/team}'}", true),
                arguments("'StringEquals':{'aws:RequestTag/team':'${aws:PrincipalTag/absent}'}", false),
                arguments("'StringNotEquals':{'aws:RequestTag/team':'web'}", true),
                arguments("'StringNotEquals':{'aws:RequestTag/team':['web','ml']}", false),
                arguments("'StringNotEquals':{'aws:RequestTag/absent':'ml'}", true),
                arguments("'StringEqualsIgnoreCase':{'aws:RequestTag/team':'ML'}", true),
                arguments("'StringLike':{'aws:RequestTag/team':'m*'}", true),
                arguments("'StringLike':{'aws:RequestTag/team':'w*'}", false),
                arguments("'StringNotLike':{'aws:RequestTag/team':'w*'}", true),
                arguments("'Null':{'aws:RequestTag/team':'false'}", true),
                arguments("'Null':{'aws:RequestTag/team':'true'}", false),
                arguments("'Null':{'aws:RequestTag/absent':'true'}", true),
                arguments("'ForAllValues:StringEquals':{'aws:TagKeys':['team','stage']}", true),
                arguments("'ForAllValues:StringEquals':{'aws:TagKeys':['team']}", false),
                arguments("'ForAllValues:StringEquals':{'absent:Keys':['team']}", true),
                arguments("'ForAllValues:StringLike':{'aws:TagKeys':['t*','s*']}", true),
                arguments("'ForAnyValue:StringEquals':{'aws:TagKeys':['team']}", true),
                arguments("'ForAnyValue:StringEquals':{'aws:TagKeys':['owner']}", false),
                arguments("'ForAnyValue:StringEquals':{'absent:Keys':['team']}", false),
                arguments("'ForAnyValue:StringNotEquals':{'absent:Keys':['team']}", false),
                arguments("'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/pilotlight/*'}", true),
                arguments("'ArnLike':{'aws:PrincipalArn':'arn:*:role/pilotlight/*'}", false),
                arguments("'NumericLessThanEquals':{'sts:DurationSeconds':'3600'}", true),
                arguments("'NumericLessThan':{'sts:DurationSeconds':'3600'}", false),
                arguments("'Bool':{'aws:SecureTransport':'TRUE'}", true),
                arguments("'StringEquals':{'aws:RequestTag/team':'ml','aws:RequestTag/stage':'prod'}", true),
                arguments("'StringEquals':{'aws:RequestTag/team':'ml','aws:RequestTag/stage':'test'}", false),
                arguments(
                        "'StringEquals':{'aws:RequestTag/team':'ml'},'StringLike':{'aws:RequestTag/stage':'test'}",
                        false));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aStatementHoldsWhenAllItsConditionsDo(String condition, boolean holds) {
        PolicyDocument policy =
                policy("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{" + condition + "}}");
        assertThat(policy.decide("sagemaker:CreateEndpoint", ENDPOINT, keys()))
                .isEqualTo(holds ? ALLOW : NOT_MENTIONED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Effect':'Maybe','Action':'*','Resource':'*'}",
                "{'Effect':'Allow','Action':'CreateEndpoint','Resource':'*'}",
                "{'Effect':'Allow','Resource':'*'}",
                "{'Effect':'Allow','Action':'*'}",
                "{'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'}",
                "{'Effect':'Allow','Action':'*','Resource':'*','Resources':'*'}",
                "{'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'}",
                "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}}",
                "[]"
            })
    void whatCannotBeEvaluatedIsRefused(String statement) {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> policy(statement))
                .satisfies(error -> assertThat(error.code()).isEqualTo("MalformedPolicyDocument"));
    }

    static Stream<Arguments> principals() {
        return Stream.of(
                arguments("{'AWS':'arn:aws:iam::111122223333:role/pilotlight/ml'}", true, false),
                arguments("{'AWS':['x','arn:aws:sts::111122223333:assumed-role/ml/s']}", true, false),
                arguments("{'AWS':'arn:aws:iam::111122223333:root'}", true, true),
                arguments("{'AWS':'111122223333'}", true, true),
                arguments("{'AWS':'*'}", true, true),
                arguments("'*'", true, true),
                arguments("{'AWS':'arn:aws:iam::111122223333:role/ml'}", false, true),
                arguments("{'AWS':'arn:aws:iam::999999999999:root'}", false, true),
                arguments("{'AWS':'arn:aws:iam::111122223333:role/pilotlight/*'}", false, true),
                arguments("{'Service':'sagemaker.amazonaws.com'}", false, true));
    }

    @ParameterizedTest
    @MethodSource("principals")
    void aTrustPolicyNamesThePrincipalOrItsAccount(String principal, boolean trusted, boolean delegated) {
        PolicyDocument trust = PolicyDocument.trustPolicy(
                document("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':" + principal + "}"));
        PolicyDocument.Trust answer = trust.trust(
                "111122223333",
                List.of("arn:aws:sts::111122223333:assumed-role/ml/s", "arn:aws:iam::111122223333:role/pilotlight/ml"),
                "sts:AssumeRole",
                keys());
        assertThat(answer.decision()).isEqualTo(trusted ? ALLOW : NOT_MENTIONED);
        assertThat(answer.delegatedToAccount()).isEqualTo(delegated);
    }

    @Test
    void aServiceIsTrustedWhenItIsNamedAndNotDenied() {
        String allow = "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Service':'sagemaker.amazonaws.com'}}";
        String deny =
                "{'Effect':'Deny','Action':'sts:AssumeRole','Principal':{'Service':'sagemaker.amazonaws.com'},'Condition':{'StringEquals':{'aws:SourceAccount':'999999999999'}}}";
        PolicyDocument trust = PolicyDocument.trustPolicy(document("[" + allow + "," + deny + "]"));

        assertThat(trust.trustsService("sagemaker.amazonaws.com", source("111122223333")))
                .isTrue();
        assertThat(trust.trustsService("sagemaker.amazonaws.com", source("999999999999")))
                .isFalse();
        assertThat(trust.trustsService("lambda.amazonaws.com", source("111122223333")))
                .isFalse();
    }

    private static ConditionKeys source(String accountId) {
        return ConditionKeys.of(Map.of("aws:SourceAccount", accountId));
    }

    private static ConditionKeys keys() {
        return ConditionKeys.of(Map.of(
                "aws:RequestTag/team", "ml",
                "aws:RequestTag/stage", "prod",
                "aws:PrincipalTag/team", "ml",
                "aws:PrincipalTag/namespace", "ml-prod",
                "aws:PrincipalTag/star", "*",
                "aws:PrincipalArn", "arn:aws:iam::111122223333:role/pilotlight/ml",
                "aws:SecureTransport", "true",
                "sts:DurationSeconds", "3600"));
    }

    private static PolicyDocument policy(String statement) {
        return PolicyDocument.identityPolicy(document(statement));
    }

    /** Single quotes stand for double ones, so that the table can be read. */
    private static String document(String statement) {
        return ("{'Version':'2012-10-17','Statement':" + statement + "}").replace('\'', '"');
    }
}
