package dev.pilotlight.simulator.wire;

import java.util.function.Consumer;

/**
 * Answers of a service that speaks AWS's query protocol (STS, IAM): XML with a result and a request id.
 *
 * @param namespace XML namespace of the service, for example {@code https://sts.amazonaws.com/doc/2011-06-15/}
 */
public record QueryProtocol(String namespace) {

    /** An answer with a result element that {@code result} fills. */
    public AwsResponse answer(AwsRequest request, String operation, Consumer<XmlWriter> result) {
        XmlWriter xml = new XmlWriter().root(operation + "Response", namespace).open(operation + "Result");
        result.accept(xml);
        xml.close();
        return end(request, 200, xml.open("ResponseMetadata").element("RequestId", request.requestId()));
    }

    /** An answer of an operation that returns nothing. */
    public AwsResponse emptyAnswer(AwsRequest request, String operation) {
        XmlWriter xml = new XmlWriter().root(operation + "Response", namespace);
        return end(request, 200, xml.open("ResponseMetadata").element("RequestId", request.requestId()));
    }

    /** The error; codes that JSON services spell with {@code Exception} lose it here, and are 403 as AWS has them. */
    public AwsResponse error(AwsRequest request, AwsError error) {
        String code = error.code();
        int status = error.httpStatus();
        if (code.equals("AccessDeniedException") || code.equals("ExpiredTokenException")) {
            code = code.substring(0, code.length() - "Exception".length());
            status = 403;
        } else if (code.equals("ThrottlingException")) {
            code = "Throttling";
        } else if (code.equals("UnrecognizedClientException")) {
            code = "InvalidClientTokenId";
            status = 403;
        }
        XmlWriter xml = new XmlWriter()
                .root("ErrorResponse", namespace)
                .open("Error")
                .element("Type", status < 500 ? "Sender" : "Receiver")
                .element("Code", code)
                .element("Message", error.getMessage())
                .close();
        return end(request, status, xml.element("RequestId", request.requestId()));
    }

    private static AwsResponse end(AwsRequest request, int status, XmlWriter xml) {
        return AwsResponse.xml(status, xml.end()).with("x-amzn-RequestId", request.requestId());
    }
}
