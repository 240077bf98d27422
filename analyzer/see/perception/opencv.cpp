// SPDX-License-Identifier: GPL-3.0-or-later
#include "perception/vision.h"

#include <algorithm>
#include <new>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/core/ocl.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>
#include <opencv2/video/tracking.hpp>

struct VisionPeople {
    cv::HOGDescriptor hog;
};

struct VisionNetwork {
    cv::dnn::Net net;
    cv::Mat answer;
};

struct VisionFlow {
    cv::Ptr<cv::DISOpticalFlow> dis;
};

namespace
{

thread_local char last_error[512];

void set_error(const char *text) noexcept
{
    std::size_t i = 0;
    for (; text[i] != '\0' && i + 1 < sizeof last_error; i++)
        last_error[i] = text[i] == '\n' ? ' ' : text[i];
    last_error[i] = '\0';
}

// Runs `work` and turns whatever it throws into an error text.
template <typename Work> bool guarded(Work work) noexcept
{
    try {
        work();
        return true;
    } catch (const cv::Exception &exception) {
        set_error(exception.err.empty() ? exception.what() : exception.err.c_str());
    } catch (const std::exception &exception) {
        set_error(exception.what());
    } catch (...) {
        set_error("an unknown exception in OpenCV");
    }
    return false;
}

cv::Mat view(const VisionImage *image)
{
    return cv::Mat(image->height, image->width, CV_MAKETYPE(CV_8U, image->channels), image->data,
                   static_cast<std::size_t>(image->stride));
}

int quiet_error(int, const char *, const char *, const char *, int, void *)
{
    return 0;
}

void morph(VisionImage *mask, int operation, int size)
{
    cv::Mat pixels = view(mask);
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_ELLIPSE, cv::Size(size, size));
    cv::morphologyEx(pixels, pixels, operation, kernel);
}

} // namespace

extern "C" {

void vision_start(void)
{
    guarded([] {
        cv::setNumThreads(1);
        cv::ocl::setUseOpenCL(false);
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        cv::redirectError(quiet_error); // errors are ours to report, not OpenCV's to print
    });
}

const char *vision_version(void)
{
    static char version[32] = "?";
    guarded([] { std::snprintf(version, sizeof version, "%s", cv::getVersionString().c_str()); });
    return version;
}

const char *vision_error(void)
{
    return last_error;
}

bool vision_resize(const VisionImage *from, VisionImage *to)
{
    return guarded([=] {
        const bool shrink = to->width <= from->width && to->height <= from->height;
        cv::Mat target = view(to);
        cv::resize(view(from), target, target.size(), 0, 0, shrink ? cv::INTER_AREA : cv::INTER_LINEAR);
        CV_Assert(target.data == to->data);
    });
}

bool vision_smooth(const VisionImage *from, VisionImage *to)
{
    return guarded([=] {
        cv::Mat target = view(to);
        cv::GaussianBlur(view(from), target, cv::Size(3, 3), 0);
        CV_Assert(target.data == to->data);
    });
}

bool vision_open(VisionImage *mask, int size)
{
    return guarded([=] { morph(mask, cv::MORPH_OPEN, size); });
}

bool vision_close(VisionImage *mask, int size)
{
    return guarded([=] { morph(mask, cv::MORPH_CLOSE, size); });
}

bool vision_fill(VisionImage *mask, int size)
{
    return guarded([=] {
        cv::Mat pixels = view(mask);
        cv::morphologyEx(pixels, pixels, cv::MORPH_CLOSE,
                         cv::getStructuringElement(cv::MORPH_RECT, cv::Size(size, size)));
    });
}

bool vision_sharpness(const VisionImage *grey, double *variance)
{
    return guarded([=] {
        cv::Mat laplacian;
        cv::Laplacian(view(grey), laplacian, CV_16S, 1);
        cv::Scalar mean, deviation;
        cv::meanStdDev(laplacian, mean, deviation);
        *variance = deviation[0] * deviation[0];
    });
}

VisionPeople *vision_people_new(void)
{
    VisionPeople *people = nullptr;
    const bool made = guarded([&] {
        people = new VisionPeople;
        people->hog.setSVMDetector(cv::HOGDescriptor::getDefaultPeopleDetector());
    });
    if (!made) {
        delete people;
        return nullptr;
    }
    return people;
}

bool vision_people_find(VisionPeople *people, const VisionImage *grey, double threshold, double scale,
                        VisionRect *boxes, double *weights, size_t capacity, size_t *count)
{
    *count = 0;
    return guarded([=] {
        if (grey->width < 64 || grey->height < 128)
            return;
        std::vector<cv::Rect> found;
        std::vector<double> strength;
        // Group threshold 0: raw finds. OpenCV's own grouping drops single ones, which small people are.
        people->hog.detectMultiScale(view(grey), found, strength, threshold, cv::Size(8, 8), cv::Size(0, 0),
                                     scale, 0.0, false);
        std::vector<std::size_t> order(found.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
        std::size_t kept = 0;
        for (const std::size_t i : order) {
            const cv::Rect &box = found[i];
            bool covered = false;
            for (std::size_t k = 0; k < kept && !covered; k++) {
                const cv::Rect other(boxes[k].x, boxes[k].y, boxes[k].w, boxes[k].h);
                const int common = (box & other).area();
                covered = 2 * common > std::min(box.area(), other.area());
            }
            if (covered || kept == capacity)
                continue;
            boxes[kept] = {box.x, box.y, box.width, box.height};
            weights[kept] = strength[i];
            kept++;
        }
        *count = kept;
    });
}

void vision_people_free(VisionPeople *people)
{
    delete people;
}

bool vision_shift(const VisionImage *reference, const VisionImage *grey, double *dx, double *dy,
                  double *response)
{
    return guarded([=] {
        cv::Mat from, to, window;
        view(reference).convertTo(from, CV_32F);
        view(grey).convertTo(to, CV_32F);
        cv::createHanningWindow(window, from.size(), CV_32F);
        const cv::Point2d shift = cv::phaseCorrelate(from, to, window, response);
        *dx = shift.x;
        *dy = shift.y;
    });
}

VisionFlow *vision_flow_new(void)
{
    VisionFlow *flow = nullptr;
    const bool made = guarded([&] {
        flow = new VisionFlow;
        flow->dis = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_ULTRAFAST);
    });
    if (!made) {
        delete flow;
        return nullptr;
    }
    return flow;
}

bool vision_flow_measure(VisionFlow *flow, const VisionImage *before, const VisionImage *now, float *vectors)
{
    return guarded([=] {
        cv::Mat target(now->height, now->width, CV_32FC2, vectors);
        flow->dis->calc(view(before), view(now), target);
        CV_Assert(target.data == reinterpret_cast<unsigned char *>(vectors));
    });
}

void vision_flow_free(VisionFlow *flow)
{
    delete flow;
}

VisionNetwork *vision_network_new(const char *path)
{
    VisionNetwork *network = nullptr;
    const bool made = guarded([&] {
        network = new VisionNetwork;
        network->net = cv::dnn::readNetFromONNX(path);
        network->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        network->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    });
    if (!made) {
        delete network;
        return nullptr;
    }
    return network;
}

bool vision_network_run(VisionNetwork *network, const VisionImage *colour, int size, VisionFit fit,
                        VisionTensor *out)
{
    return guarded([=] {
        cv::Mat square;
        if (fit != VISION_STRETCHED) {
            const int longest = std::max(colour->width, colour->height);
            const int width = std::max(1, (colour->width * size + longest / 2) / longest);
            const int height = std::max(1, (colour->height * size + longest / 2) / longest);
            square = cv::Mat(size, size, CV_8UC3, cv::Scalar::all(114));
            const bool centred = fit == VISION_CENTRED;
            const cv::Rect place(centred ? (size - width) / 2 : 0, centred ? (size - height) / 2 : 0, width,
                                 height);
            cv::resize(view(colour), square(place), place.size());
        } else {
            cv::resize(view(colour), square, cv::Size(size, size));
        }
        const bool raw = fit == VISION_CORNERED;
        network->net.setInput(
            cv::dnn::blobFromImage(square, raw ? 1 : 1 / 255.0, cv::Size(), cv::Scalar(), !raw));
        std::vector<cv::Mat> answers;
        network->net.forward(answers, network->net.getUnconnectedOutLayersNames());
        if (answers.size() != 1)
            throw std::runtime_error("it has " + std::to_string(answers.size()) +
                                     " outputs, of which a known layout has one");
        if (answers[0].dims > 8 || answers[0].type() != CV_32F)
            throw std::runtime_error("its output is not of floating-point numbers");
        network->answer = answers[0].clone();
        out->rank = network->answer.dims;
        for (int i = 0; i < out->rank; i++)
            out->size[i] = network->answer.size[i];
        out->values = network->answer.ptr<float>();
    });
}

void vision_network_free(VisionNetwork *network)
{
    delete network;
}
}
